/**
 * `env.AI.run`, recorded as the call to a model that it is: by the same code as one through `fetch`.
 *
 * @module
 */

import type { Target } from '../capture/request.ts'
import { workersaiRun } from '../formats/workersai-run.ts'
import { isAnyObject, parse } from '../json.ts'
import { withoutMedia } from '../media.ts'
import { recordCall, type RecordedCall } from '../tracer/call.ts'
import type { Context } from '../tracer/context.ts'
import { inForce } from '../tracer/default.ts'
import type { CallDefaults } from '../tracer/span-options.ts'
import type { Core } from '../tracer/span.ts'
import { snapshot } from '../snapshot.ts'
import type { Method } from './handler.ts'
import { isThenable } from '../tracer/follow.ts'
import { attempt } from './attempt.ts'

/** Calls with something else than a model and its inputs are none, and pass. */
export function tracedRun(
  next: Method,
  context: (core: Core) => Context | undefined,
  defaults: CallDefaults,
): Method {
  return (...args) => {
    const { core } = inForce()
    const recorded = attempt(core, () => begin(core, context(core), defaults, args))
    if (!recorded) return next(...args)
    const failed = (error: unknown): never => {
      attempt(core, () => recorded.failed(error))
      throw error
    }
    const isStream = isAnyObject(args[1]) && args[1].stream === true
    const answered = (value: unknown) => seen(core, recorded, value, isStream)
    try {
      const result = next(...args)
      if (isThenable(result)) return result.then(answered, failed)
      void answered(result)
      return result
    } catch (error) {
      return failed(error)
    }
  }
}

function begin(
  core: Core,
  context: Context | undefined,
  defaults: CallDefaults,
  [model, inputs, options]: unknown[],
): RecordedCall | undefined {
  if (core.settings.disabled || typeof model !== 'string' || !isAnyObject(inputs)) return undefined
  const signal = isAnyObject(options) ? options.signal : undefined
  const target: Target = {
    url: new URL(`https://workers-binding.ai/workers-ai/${model}`), // where the runtime sends it
    header: () => undefined,
    signal: signal instanceof AbortSignal ? signal : undefined,
    body: { text: '' },
  }
  const { maxBytes, media } = core.settings
  const given = JSON.stringify(snapshot({ model, ...inputs }, maxBytes))
  const json = parse(withoutMedia(given, media)) ?? null
  return recordCall({ core, format: workersaiRun, target, context, defaults }, { json, chars: 0 })
}

/** What the application gets: a stream is watched on its way, as a body is; all else is the very value. */
async function seen(
  core: Core,
  recorded: RecordedCall,
  value: unknown,
  isStream: boolean,
): Promise<unknown> {
  if (value instanceof Response) return attempt(core, () => recorded.response(value)) ?? value
  if (value instanceof ReadableStream) {
    const headers = { 'content-type': isStream ? 'text/event-stream' : 'application/octet-stream' }
    const response = attempt(core, () => recorded.response(new Response(value, { headers })))
    return response?.body ?? value
  }
  const answer = isAnyObject(value) ? value : { response: value }
  const whole = attempt(core, () => recorded.response(Response.json(answer)))
  await whole?.text().catch(() => {})
  return value
}
