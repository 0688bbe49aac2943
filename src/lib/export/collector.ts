/**
 * To a Carrot collector, or to the hosted Carrot API: `POST /v1/traces/ingest`.
 *
 * @see https://platform.carrotlabs.ai/docs/api-reference/trace-ingest
 * @module
 */

import type { IngestBody } from '../ingest.ts'
import { fields, items, number, parse, string, type Json } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import { safeUrl } from '../redact.ts'
import { retryAfter } from '../retry-after.ts'
import type { PlainRequest } from '../runtime/blocking.ts'
import { readSome, safely } from './answer.ts'
import { compressed, isOnThisMachine } from './compress.ts'
import { outliving } from './keepalive.ts'
import { RetryLater, TooLarge, type Exporter, type ExportReceipt } from './exporter.ts'
import { toWire } from './wire.ts'

export interface CollectorOptions {
  /** Where the collector listens, without `/v1`. */
  baseUrl: string
  apiKey: string
  /** The function to send with. It is not traced. */
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /**
   * Whether to send with gzip, where the runtime has it. Unless told, to other machines only; a
   * collector that does not take it gets the same without.
   */
  compress?: boolean | undefined
}

/** As much of an answer as is read: a receipt for a hundred records is far smaller. */
const MAX_REPLY_BYTES = 1_000_000

export function collector({ baseUrl, apiKey, fetch, compress }: CollectorOptions): Exporter {
  const url = `${baseUrl.replace(/\/+$/, '')}/v1/traces/ingest`
  let compresses = compress ?? !isOnThisMachine(new URL(url))

  return {
    request,
    async export(records, { leaving, signal } = { leaving: false }) {
      const plain = request(records)
      // A page that goes away does not wait for what comes in turn.
      const body = compresses && !leaving ? await compressed(plain.body) : undefined
      const response = await post(plain, body)
      if (!body || !isEncodingRefused(response)) return answer(response, records)
      await response.body?.cancel()
      const again = await post(plain)
      compresses = isEncodingRefused(again) // then that was not the reason
      return answer(again, records)

      function post({ headers, body }: PlainRequest, gzip?: ArrayBuffer): Promise<Response> {
        const send = (keepalive: boolean) =>
          fetch(url, {
            method: 'POST',
            headers: gzip ? { ...headers, 'content-encoding': 'gzip' } : headers,
            body: gzip ?? body,
            redirect: 'manual', // records and key are for this address alone
            ...(keepalive && { keepalive }), // not a beacon, which cannot say the key
            ...(signal && { signal }),
          })
        return leaving ? outliving(body, send) : send(false)
      }
    },
  }

  async function answer(
    response: Response,
    records: readonly SpanRecord[],
  ): Promise<ExportReceipt> {
    const { ok, status } = response
    const bytes = await readSome(response, MAX_REPLY_BYTES)
    const reply = parse(new TextDecoder().decode(bytes)) ?? null
    if (isRedirect(response)) throw new Error(sentOn(response, url))
    if (ok) return readReceipt(status, reply, records, apiKey)
    const reason = refusal(status, reply, apiKey)
    if (status === 413) throw new TooLarge(reason)
    if (isTemporary(status)) throw new RetryLater(reason, retryAfter(response.headers))
    return { rejected: records.map(({ id }) => ({ id, reason })) }
  }

  function request(records: readonly SpanRecord[]): PlainRequest {
    const body: IngestBody = { traces: records.map(toWire) }
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    return { url, headers, body: JSON.stringify(body) }
  }
}

/** A browser says that it is one, and no more. */
function isRedirect({ status, type }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400)
}

function sentOn({ status, headers }: Response, from: string): string {
  const location = headers.get('location')
  const isAddress = location && URL.canParse(location, from)
  const to = isAddress ? safeUrl(new URL(location, from)) : 'another address'
  return `${status} sends on to ${to}: set baseUrl or CARROT_BASE_URL to where the collector is`
}

/** Who does not know gzip takes it for a body that is no JSON. */
function isEncodingRefused({ status }: Response): boolean {
  return status === 400 || status === 415
}

/** @throws Where it is none: a page, a proxy's word, an answer that broke off. It may be one the next time. */
function readReceipt(
  status: number,
  reply: Json,
  records: readonly SpanRecord[],
  apiKey: string,
): ExportReceipt {
  const { traces, errors } = fields(reply)
  if (!Array.isArray(traces) && !Array.isArray(errors)) throw new Error(`${status}${NO_RECEIPT}`)
  const rejected = items(errors).flatMap((item) => {
    const { index, id, error } = fields(item)
    const record = records[number(index) ?? -1] ?? records.find((candidate) => candidate.id === id)
    return record ? [{ id: record.id, reason: safely(string(error), [apiKey]) }] : []
  })
  if (items(traces).length + items(errors).length >= records.length) return { rejected }
  // Silence is no consent: of whom nothing is said nobody knows that they are kept.
  const named = new Set([...items(traces).map((item) => fields(item).id), ...rejected.map(idOf)])
  const unnamed = records.filter(({ id }) => !named.has(id))
  return { rejected: [...rejected, ...unnamed.map(({ id }) => ({ id, reason: UNNAMED }))] }
}

const UNNAMED = 'the answer of the collector does not say what became of them'

function idOf({ id }: { id: string }): string {
  return id
}

const NO_RECEIPT = ', but not the answer of a collector: check baseUrl or CARROT_BASE_URL'

/** Says what to do about it, and never more of the key than its beginning. */
function refusal(status: number, reply: Json, apiKey: string): string {
  const { error } = fields(reply)
  const said = safely(string(error) ?? string(fields(error).message), [apiKey])
  if (status !== 401) return `${status} ${said}`
  const beginning = apiKey.slice(0, Math.min(6, apiKey.length / 2))
  return `401 ${said}. The collector does not know the key that begins with "${beginning}": check apiKey or CARROT_API_KEY.`
}

function isTemporary(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}
