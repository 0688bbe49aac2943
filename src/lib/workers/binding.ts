/**
 * Bindings: Workers AI, whose calls no `fetch` sees, and requests to other Workers.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { check, describe } from '../tracer/checks.ts'
import { TraceError } from '../errors.ts'
import type { Context } from '../tracer/context.ts'
import { inForce } from '../tracer/default.ts'
import { nameTrace } from '../tracer/outgoing.ts'
import { contextOf, type Span } from '../tracer/scope.ts'
import { CALL_DEFAULTS, type CallDefaults } from '../tracer/span-options.ts'
import type { Core } from '../tracer/span.ts'
import type { Method } from './handler.ts'
import { inFront } from './in-front.ts'
import { attempt } from './attempt.ts'
import { tracedRun } from './workers-ai.ts'

export interface BindingOptions extends CallDefaults {
  /** What it is used in; else the span that the running code is in, where the runtime carries context. */
  parent?: Span | undefined
}

/**
 * A binding whose calls are seen: those of Workers AI are recorded (`env.AI.run`), and requests to another
 * Worker or a Durable Object (`env.SERVICE.fetch`) say which span they come from.
 *
 * What they return is what they returned, with its type, pace and errors. All other members are the binding's.
 *
 * @param binding `env.AI`, a service binding, or the stub of a Durable Object.
 * @param options Whose child it is, where context has to be named; tags and metadata for every call.
 * @throws {TraceError} `cannot_wrap`, where there is no such binding.
 *
 * @example
 * ```ts
 * import { instrument, wrapBinding } from 'carrot-trace/workers'
 *
 * interface Env {
 *   AI: { run(model: string, inputs: object): Promise<object> }
 * }
 *
 * export default instrument({
 *   async fetch(request: Request, env: Env) {
 *     const ai = wrapBinding(env.AI)
 *     return Response.json(await ai.run('@cf/meta/llama-4-scout', { prompt: await request.text() }))
 *   },
 * })
 * ```
 */
export function wrapBinding<Binding extends object>(
  binding: Binding,
  options: BindingOptions = {},
): Binding {
  const { parent, ...defaults } = options
  check('', defaults, CALL_DEFAULTS)
  if (!isAnyObject(binding) && typeof binding !== 'function') {
    throw new TraceError('cannot_wrap', NO_BINDING + describe(binding))
  }
  const isAi = binding.constructor.name === 'Ai' // has a fetch of its own, to what is behind it
  return inFront(binding, (name, next) => {
    if (name === 'run') return tracedRun(next, context, defaults)
    return name === 'fetch' && !isAi ? tracedFetch(next, context) : undefined
  })

  function context(core: Core): Context | undefined {
    return parent ? contextOf(parent) : core.ambient.get()
  }
}

const NO_BINDING =
  'wrapBinding() takes a binding of env; is it in the configuration of the Worker? Found '

function tracedFetch(next: Method, context: (core: Core) => Context | undefined): Method {
  return (...args) => {
    const [input, init] = args
    const { core } = inForce()
    const sent = attempt(core, () => {
      const { trace, ...rest } = context(core) ?? {}
      const isKnown = isInput(input) && (init === undefined || isAnyObject(init))
      return trace && isKnown ? nameTrace({ input, init }, { ...rest, trace }) : undefined
    })
    return sent ? next(sent.input, ...(sent.init ? [sent.init] : [])) : next(...args)
  }
}

function isInput(input: unknown): input is RequestInfo | URL {
  return typeof input === 'string' || input instanceof URL || input instanceof Request
}
