/**
 * Which span an invocation is in, found by what the invocation was called with.
 *
 * @module
 */

import type { Hold } from '../export/hold.ts'
import { startIn, type Started } from '../tracer/create-scope.ts'
import { inForce } from '../tracer/default.ts'
import type { Span } from '../tracer/scope.ts'
import type { Core } from '../tracer/span.ts'

interface Known {
  core: Core
  span: Span
}

/** Weak: nothing of a request outlives it by this. */
const spans = new WeakMap<object, Known>()
const instances = new WeakMap<Hold, { instance: object; span: Span }>()

/** @param things Requests, batches, instances: what `spanOf` is asked with. */
export function remember(core: Core, { span }: Started, things: readonly object[]): void {
  for (const thing of things) spans.set(thing, { core, span })
}

/** Several invocations of one instance run at once; each has a unit of work of its own. */
export function rememberInstance(
  hold: Hold | undefined,
  instance: object,
  { span }: Started,
): void {
  if (hold) instances.set(hold, { instance, span })
}

/** The span of the invocation of this instance that the running code is in, where context is carried. */
export function ambientSpanOf(core: Core, instance: object): Span | undefined {
  const hold = core.ambient.get()?.hold
  const found = hold && instances.get(hold)
  return found?.instance === instance ? found.span : undefined
}

/** The span of whatever was called with this, if that is known. */
export function spanIfKnown(thing: object): Span | undefined {
  return spans.get(thing)?.span
}

/**
 * The span of an invocation: for `s.fetch`, `s.wrap(client)` and the others on Workers that carry no
 * context across `await`, and to add to what is recorded on any.
 *
 * @param thing What an instrumented handler was called with (the request, batch, controller or message),
 * or `this` in a class. Several invocations of a Durable Object may run at once: without context of the
 * runtime ask for `this` before the first `await`, as the last one that began is found.
 * @returns The span. For anything else one that is over: what it is the parent of is recorded.
 *
 * @example
 * ```ts
 * import { instrument, spanOf } from 'carrot-trace/workers'
 * import OpenAI from 'openai'
 *
 * const openai = new OpenAI()
 *
 * export default instrument({
 *   async fetch(request: Request) {
 *     const s = spanOf(request)
 *     const reply = await s.wrap(openai).chat.completions.create({ model: 'gpt-4o', messages: [] })
 *     return Response.json(reply)
 *   },
 * })
 * ```
 */
export function spanOf(thing: object): Span {
  const known = spans.get(thing)
  if (known) return ambientSpanOf(known.core, thing) ?? known.span
  const { core } = inForce()
  core.report('invalid_option', UNKNOWN)
  const { span } = startIn(core, core.ambient.get(), { name: 'invocation' }, { lazy: true })
  span.end()
  return span
}

const UNKNOWN =
  'spanOf() takes what an instrumented handler was called with, or `this` in an instrumented class; ' +
  'this is neither: export instrument(handler).'
