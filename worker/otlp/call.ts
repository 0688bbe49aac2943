/**
 * A call to a model, from attributes under their standard names.
 *
 * The names are those of the table that our own exporter writes by, read backwards: what it sends comes
 * back as the same call, and what anybody else sends under these names is understood alike.
 *
 * @module
 */

import { normalise } from '../../src/lib/formats/finish-reason.ts'
import type { SentCall } from '../../src/lib/ingest.ts'
import {
  fields,
  items,
  number,
  parse,
  string,
  type Json,
  type JsonObject,
} from '../../src/lib/json.ts'
import { readCall } from '../api/call.ts'
import type { Attributes } from './attributes.ts'
import { readCounts } from './counts.ts'
import { ATTEMPTED, CALL, readLeaves } from './names.ts'
import { providerNamed } from './provider.ts'
import type { Span, SpanEvent } from './span.ts'

/**
 * @param said Under which convention it came, which stands for the format that nobody saw.
 * @param answers Of the model: each may say why it ended.
 */
export function toCall(
  span: Span,
  said: string,
  answers: readonly Json[],
  failed: boolean,
): SentCall | null {
  const { attributes, startUs, endUs } = span
  const told = readLeaves(attributes, CALL)
  const { address, port } = fields(told.server)
  const url = string(fields(told.http).url)
  const isWhole = endUs !== null && !failed
  const endMs = startUs !== null && endUs !== null ? (endUs - startUs) / 1000 : undefined
  return readCall({
    ...told,
    provider: providerNamed(string(told.provider) ?? ''),
    format: string(told.format) ?? said,
    server: { address, port: isUsual(url ?? '', port) ? undefined : port },
    http: { ...fields(told.http), url: url ?? origin(string(address), number(port)) },
    time: { ...fields(told.time), endMs },
    request: readRequest(fields(told.request), fields(told.time).firstChunkMs !== undefined),
    response: { ...fields(told.response), choices: readChoices(attributes, answers) },
    usage: readCounts(fields(told.usage), isWhole),
    ended: told.ended ?? (failed ? 'error' : endUs === null ? 'open' : 'complete'),
    attempts: readAttempts(span.events, startUs),
  })
}

/** Numbers that came as text, and one word where a list is meant. */
function readRequest({ params, ...request }: JsonObject, isStream: boolean): JsonObject {
  const { stop, ...others } = fields(params)
  const read = Object.entries(others).map(([name, value]): [string, Json | undefined] => {
    const amount = NUMBERS.has(name) && typeof value === 'string' ? parse(value) : value
    return [name, amount]
  })
  const stops = typeof stop === 'string' ? [stop] : stop
  const stream = request.stream ?? isStream // only of a stream a first piece is told
  return {
    ...request,
    stream,
    params: { ...Object.fromEntries(read), ...(stops && { stop: stops }) },
  }
}

const NUMBERS = new Set(['maxTokens', 'temperature', 'topP', 'topK', 'seed', 'choiceCount'])

/** The port that nobody would say. Our exporter does, as the convention wants it. */
function isUsual(url: string, port: Json | undefined): boolean {
  return port === (url.startsWith('http:') ? 80 : 443)
}

/** Who was dialled, as far as it was told: who bills is known by it. */
function origin(address: string | undefined, port: number | undefined): string {
  if (address === undefined || !/^[\w.-]{1,253}$/.test(address)) return ''
  return port === undefined || port === 443 ? `https://${address}` : `http://${address}:${port}`
}

/** As many as there are reasons, answers, or either. */
function readChoices(attributes: Attributes, answers: readonly Json[]): Json[] {
  const isOurs = attributes.look('carrot.id') !== undefined
  const raw = listed(attributes.take('carrot.response.finish_reasons'))
  const reasons = listed(attributes.take('gen_ai.response.finish_reasons'))
  const count = Math.max(reasons.length, answers.length)
  return Array.from({ length: count }, (_, index) => {
    const word = reasons[index] ?? string(fields(answers[index]).finish_reason)
    if (isOurs) {
      // It writes `error` for a reason that was not given.
      const finishReason = word === 'error' && !raw[index] ? undefined : word
      return { index, finishReason, finishReasonRaw: raw[index] || undefined }
    }
    const finishReason = word === undefined ? undefined : normalise(word.replaceAll('-', '_'))
    return { index, finishReason, ...(word !== finishReason && { finishReasonRaw: word }) }
  })
}

function listed(value: Json | undefined): string[] {
  const list = typeof value === 'string' ? (parse(value) ?? value) : value
  return (Array.isArray(list) ? items(list) : [list ?? null]).flatMap((word) => string(word) ?? [])
}

/** Those that were followed by another, told by events; `startUs` is theirs as well. */
function readAttempts(events: readonly SpanEvent[], startUs: number | null): Json | undefined {
  const attempts = events.filter(({ name }) => name === 'carrot.attempt')
  if (attempts.length === 0 || startUs === null) return undefined
  return attempts.map(({ attributes }) => {
    const { error, ...attempt } = readLeaves(attributes, ATTEMPTED)
    return error === undefined
      ? attempt
      : { ...attempt, error: { ...fields(error), status: attempt.status } }
  })
}
