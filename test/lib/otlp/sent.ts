/**
 * What `otlp` sends, for tests of what arrives.
 *
 * @module
 */

import type { SpanRecord } from 'carrot-trace'
import {
  otlp,
  type AnyValue,
  type ExportRequest,
  type KeyValue,
  type OtlpOptions,
  type OtlpSpan,
} from 'carrot-trace/otlp'

/** The body of the one request. */
export async function sent(
  records: readonly SpanRecord[],
  options: OtlpOptions = {},
): Promise<ExportRequest> {
  const bodies: string[] = []
  const exporter = otlp({
    ...options,
    async fetch(_url, { body }) {
      bodies.push(String(body))
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    },
  })
  await exporter.export(records)
  const [body = '{"resourceSpans":[]}'] = bodies
  return JSON.parse(body)
}

export function spansOf({ resourceSpans }: ExportRequest): OtlpSpan[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}

/** The span of one record. */
export async function spanOf(record: SpanRecord, options: OtlpOptions = {}): Promise<OtlpSpan> {
  const [span] = spansOf(await sent([record], options))
  if (!span) throw new Error('No span was sent.')
  return span
}

/** Attributes as one would write them: numbers as numbers, lists as lists. */
export function told(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]))
}

function plain(value: AnyValue): unknown {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return Number(value.intValue)
  if ('doubleValue' in value) return value.doubleValue
  return value.arrayValue.values.map(plain)
}
