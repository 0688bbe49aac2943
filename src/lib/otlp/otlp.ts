/**
 * To any backend of OpenTelemetry: OTLP over HTTP.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 * @module
 */

import type { Exporter } from '../export/exporter.ts'
import { outliving } from '../export/keepalive.ts'
import type { SpanRecord } from '../record.ts'
import { readAnswer } from './answer.ts'
import { toRequest } from './body.ts'
import { json } from './encoding.ts'
import { endpointOf, type OtlpOptions } from './options.ts'
import { standard } from './profile.ts'

/**
 * Sends traces to any OpenTelemetry backend.
 *
 * A span cannot be replaced there, so each is sent when it has ended. A call that its client tries
 * again after it has been sent as failed is sent once more, with the same ids and a higher `carrot.seq`.
 *
 * @param options Where to, and as what. Nothing has to be given where the standard's environment variables say it.
 * @throws {TraceError} `invalid_option`.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace'
 * import { otlp } from 'carrot-trace/otlp'
 *
 * const headers = { 'x-api-key': 'my-key' }
 * const tracer = createTracer({ exporters: [otlp({ url: 'http://localhost:4318', headers })] })
 * ```
 */
export function otlp(options: OtlpOptions = {}): Exporter {
  const endpoint = endpointOf(options)
  const { profile = standard, encoding = json, resource = {}, fetch } = options
  const headers = { ...endpoint.headers, 'content-type': encoding.contentType }
  const send = fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init))

  return {
    endedOnly: true,
    async export(records, { leaving, signal } = { leaving: false }) {
      const ended = records.filter(hasEnded)
      if (ended.length === 0) return { rejected: [] }
      const body = encoding.encode(toRequest(ended, profile, resource))
      const post = (keepalive: boolean) =>
        send(endpoint.url, {
          method: 'POST',
          headers,
          body,
          redirect: 'manual', // the keys among the headers are for this address alone
          ...(keepalive && { keepalive }),
          ...(signal && { signal }),
        })
      const response = await (leaving ? outliving(body, post) : post(false))
      return readAnswer(response, ended, encoding, endpoint)
    },
    // What stands still can only send text.
    ...(encoding === json && {
      request: (records: readonly SpanRecord[]) => ({
        url: endpoint.url,
        headers,
        body: json.encode(toRequest(records.filter(hasEnded), profile, resource)),
      }),
    }),
  }
}

function hasEnded({ status }: SpanRecord): boolean {
  return status !== 'running'
}
