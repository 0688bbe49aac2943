/** Requests of OTLP: spans in the short form in which tests write them, and where they are sent. */

import type { Json, JsonObject } from '../../../src/lib/json.ts'
import { MAX_SPANS, type SpanDetail } from '../../../worker/store/store.ts'
import { answer, open, store, type Answer } from './subject.ts'

export const TRACE = '5b8efff798038103d269b633813fc60c'
export const SPAN = 'eee19b7ec3c1b174'
export const PARENT = 'eee19b7ec3c1b173'

/** 1 January 2026. */
export const START_NS = BigInt(Date.UTC(2026, 0)) * 1_000_000n

export interface Sketch {
  traceId?: Json
  spanId?: Json
  parentSpanId?: Json
  name?: Json
  kind?: Json
  status?: Json
  attributes?: JsonObject
  events?: { name: string; attributes: JsonObject }[]
  [other: string]: unknown
}

/** A second long. */
export function span({ attributes = {}, events = [], ...others }: Sketch = {}): object {
  return {
    traceId: TRACE,
    spanId: SPAN,
    name: 'step',
    kind: 1,
    startTimeUnixNano: String(START_NS),
    endTimeUnixNano: String(START_NS + 1_000_000_000n),
    attributes: toAttributes(attributes),
    events: events.map((event) => ({ ...event, attributes: toAttributes(event.attributes) })),
    ...others,
  }
}

export function request(...spans: unknown[]): object {
  return { resourceSpans: [{ scopeSpans: [{ scope: { name: 'test' }, spans }] }] }
}

export function toAttributes(attributes: JsonObject): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value ?? null) }))
}

function toValue(value: Json): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toValue) } }
  return { kvlistValue: { values: toAttributes((value ?? {}) as JsonObject) } } // no list, by the line above
}

/** A collector that is sent OTLP, and what it has kept. */
export async function receiver(...options: Parameters<typeof open>) {
  const { app, project, authorization, ...others } = await open(...options)
  return {
    app,
    project,
    authorization,
    ...others,
    async post(
      body: string | Uint8Array<ArrayBuffer> | object,
      headers: Record<string, string> = {},
    ): Promise<Answer> {
      const isReady = typeof body === 'string' || body instanceof Uint8Array
      return answer(
        await app.request('/v1/traces', {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', ...headers },
          body: isReady ? body : JSON.stringify(body),
        }),
      )
    },
    async kept(): Promise<SpanDetail[]> {
      const { traces } = await store.list(project, { limit: 200 })
      const rows = await Promise.all(traces.map(({ traceId }) => store.trace(project, traceId)))
      const ids = rows.flat().map(({ id }) => id)
      const details: SpanDetail[] = []
      for (let at = 0; at < ids.length; at += MAX_SPANS) {
        details.push(...(await store.spans(project, ids.slice(at, at + MAX_SPANS))))
      }
      return details
    },
  }
}
