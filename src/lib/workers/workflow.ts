/**
 * A workflow's run as a trace.
 *
 * A workflow is run from its beginning again whenever it has slept or failed over, with the results of
 * earlier steps at hand. So ids come from the instance: whatever runs belongs to one trace, and what is
 * recorded twice is one record.
 *
 * @module
 */

import { unixMs } from '../clock.ts'
import { defined, isAnyObject } from '../json.ts'
import { startIn, type Started } from '../tracer/create-scope.ts'
import { remoteContext } from '../tracer/distributed.ts'
import type { Core } from '../tracer/span.ts'
import { remember } from './current.ts'
import type { Host } from './classes.ts'
import { carrierIn, withoutCarrier } from './events.ts'
import type { Method } from './handler.ts'
import { identityOf } from './identity.ts'
import { attempt } from './attempt.ts'
import { waitUntilOf } from './invoke.ts'
import { inTwin } from './mirror.ts'
import type { OwnOptions } from './options.ts'
import { tracedSteps } from './steps.ts'

export function tracedRun(
  className: string,
  run: Method,
  hostOf: (instance: unknown) => Host | undefined,
): Method {
  return async function (this: unknown, ...args) {
    const host = hostOf(this)
    const [event, step, ...rest] = args
    if (!host || !isAnyObject(this) || !isAnyObject(event)) return Reflect.apply(run, this, args)
    const { ctx, setUp } = host
    const { own } = setUp
    const core = setUp.core()
    const hold = core.batch.hold(waitUntilOf(ctx))
    const begun = attempt(core, () => begin(core, own, className, event, hold))
    if (!begun) return Reflect.apply(run, this, args)
    const { name, root, seed } = begun
    const traced = tracedSteps(step, { core, own, ctx, instance: this, root, seed })
    remember(core, root, [this, event])
    try {
      const result: unknown = await core.ambient.run(root.context, () =>
        inTwin(core, name, root, () => Reflect.apply(run, this, [event, traced, ...rest])),
      )
      root.context.wake?.()
      root.finish(own.output === false ? undefined : result)
      return result
    } catch (error) {
      if (!isPutOff(error)) root.span.fail(error)
      throw error
    } finally {
      hold?.release()
    }
  }
}

function begin(
  core: Core,
  own: OwnOptions,
  className: string,
  { instanceId, workflowName = className, payload, timestamp }: Record<PropertyKey, unknown>,
  hold: Started['context']['hold'],
): { name: string; root: Started; seed: string } {
  const seed = `${workflowName}/${instanceId}`
  const parent = remoteContext(carrierIn(payload))
  const startUnixMs = timestamp instanceof Date ? timestamp.valueOf() : unixMs()
  const ageMs = Math.max(0, unixMs() - startUnixMs)
  // Of two runs the later one has the last word.
  const earlier = {
    ...identityOf(core, seed, parent?.trace),
    seq: 2 * Math.round(ageMs),
    startUnixMs,
  }
  const input = own.input === false ? undefined : withoutCarrier(payload)
  const options = { name: own.name ?? className, ...defined({ input }) }
  const root = startIn(core, { ...parent, hold }, options, {
    lazy: true,
    earlier,
    ageMs,
    hasTwin: true,
  })
  return { name: options.name, root, seed }
}

/** The platform lets go of a run that goes on later: paused, started again, moved elsewhere. */
function isPutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^Aborting engine: (?:User called (?:pause|restart)|Grace period complete)/.test(error.message)
  )
}
