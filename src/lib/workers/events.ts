/**
 * What each kind of event is called, and what is recorded of it.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { safeUrl } from '../redact.ts'
import type { OwnOptions } from './options.ts'

export interface Event {
  name: string
  input?: unknown
  /** What names a span elsewhere. */
  parent?: unknown
}

type Fields = Record<PropertyKey, unknown>

const READERS = new Map<string, (event: Fields) => Event>([
  ['fetch', readRequest],
  ['queue', readBatch],
  ['scheduled', readSchedule],
  ['email', ({ from, to }) => ({ name: 'email', input: { from, to } })],
  ['tail', () => ({ name: 'tail' })],
  ['tailStream', () => ({ name: 'tail' })],
  ['trace', () => ({ name: 'tail' })],
])

/** The names of handlers. */
export const EVENTS: ReadonlySet<string> = new Set(READERS.keys())
/** Those of other Workers' invocations. */
export const OF_OTHERS: ReadonlySet<string> = new Set(['tail', 'tailStream', 'trace'])

export function eventOf(handler: string, event: object, { incoming, input }: OwnOptions): Event {
  const read: Event = (isAnyObject(event) && READERS.get(handler)?.(event)) || { name: handler }
  return {
    ...read,
    ...(handler === 'fetch' && incoming === 'ignore' && { parent: undefined }),
    ...(handler === 'queue' && input === false && { input: undefined }),
  }
}

function readSchedule({ cron, scheduledTime }: Fields): Event {
  return { name: cron ? `scheduled ${cron}` : 'scheduled', input: { cron, scheduledTime } }
}

function readRequest(event: unknown): Event {
  if (!(event instanceof Request)) return { name: 'fetch' }
  const { method } = event
  const url = new URL(event.url)
  return { name: `${method} ${url.pathname}`, input: { method, url: safeUrl(url) }, parent: event }
}

/** Messages of one trace are of that trace; of several, none is more the batch's than another. */
function readBatch({ queue, messages }: Fields): Event {
  const list: unknown[] = Array.isArray(messages) ? messages : []
  const parents = list.map((message) => carrierIn(isAnyObject(message) ? message.body : undefined))
  const [first] = parents
  const isOne = new Set(parents.map(traceIdIn)).size === 1
  return {
    name: `queue ${queue}`,
    input: { queue, messages: list.map(readMessage) },
    parent: isOne ? first : undefined,
  }
}

function readMessage(message: unknown): unknown {
  const { id, attempts, body } = isAnyObject(message) ? message : {}
  return { id, attempts, body: withoutCarrier(body) }
}

/** What `export()` gave, by the convention: the value itself, or its member `trace`. */
export function carrierIn(value: unknown): object | undefined {
  if (!isAnyObject(value)) return undefined
  if (typeof value.traceparent === 'string') return value
  const { trace } = value
  return isAnyObject(trace) && typeof trace.traceparent === 'string' ? trace : undefined
}

/** What was said, without whom it comes from. */
export function withoutCarrier(value: unknown): unknown {
  const carrier = carrierIn(value)
  if (!carrier || carrier === value || !isAnyObject(value)) return value
  const { trace: _trace, ...rest } = value
  return rest
}

function traceIdIn(carrier: object | undefined): unknown {
  return isAnyObject(carrier) ? String(carrier.traceparent).slice(3, 35) : undefined
}
