/**
 * A workflow's run as a trace, and each of its steps that is really executed as a span.
 *
 * A workflow is run from its beginning again whenever it has slept or failed over, with the results of
 * earlier steps at hand. So ids come from the instance: whatever runs belongs to one trace, and what is
 * recorded twice is one record. Only the callback of a step says that it is executed, and each attempt
 * at a step is a span of its own.
 *
 * @module
 */

import { unixMs } from '../clock.ts'
import { defined, isAnyObject } from '../json.ts'
import { spanIdOf, traceIdOf } from '../ids.ts'
import { startIn, type Started } from '../tracer/create-scope.ts'
import { remoteContext } from '../tracer/distributed.ts'
import type { Core, Earlier } from '../tracer/span.ts'
import { remember } from './current.ts'
import type { Host } from './classes.ts'
import { carrierIn, withoutCarrier } from './events.ts'
import { isMethod, type Method } from './handler.ts'
import { uuidOf } from './identity.ts'
import { attempt } from './attempt.ts'
import { waitUntilOf } from './invoke.ts'
import { inTwin } from './mirror.ts'
import type { OwnOptions } from './options.ts'

/** One run of a workflow. */
interface Run {
  core: Core
  own: OwnOptions
  ctx: unknown
  instance: object
  root: Started
  /** Tells the workflow's spans from all others'. */
  seed: string
}

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
  const earlier = { ...identity(seed, parent?.trace), seq: 2 * Math.round(ageMs), startUnixMs }
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

function identity(
  seed: string,
  parent: { traceId: string; spanId: string; sampled: boolean } | undefined,
): Pick<Earlier, 'id' | 'trace'> {
  const id = uuidOf(seed)
  return {
    id,
    trace: {
      traceId: parent?.traceId ?? traceIdOf(id),
      spanId: spanIdOf(id),
      ...(parent && { parentSpanId: parent.spanId }),
      sampled: parent?.sampled ?? true,
    },
  }
}

/**
 * The platform's own object behind one that knows `do`: all else of it is called as it would be.
 *
 * It is a stub whose methods are made when they are asked for, so that they cannot be listed.
 */
function tracedSteps(step: unknown, run: Run): unknown {
  if (!isObjectOrFunction(step)) return step
  const counts = new Map<unknown, number>()
  const traced = (...args: unknown[]) => {
    const [name] = args
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const at = args.findIndex(isMethod)
    const callback = args[at]
    const isSecret = args.some((each) => isAnyObject(each) && each.sensitive === 'output')
    if (isMethod(callback))
      args[at] = tracedStep({ run, name: String(name), count, isSecret }, callback)
    return call(step, 'do', args)
  }
  return new Proxy(step, {
    get(target, name) {
      if (name === 'do') return traced
      const member: unknown = Reflect.get(target, name, target)
      return isMethod(member) ? (...args: unknown[]) => call(target, name, args) : member
    },
  })
}

function isObjectOrFunction(value: unknown): value is object {
  return isAnyObject(value) || typeof value === 'function'
}

function call(target: object, name: PropertyKey, args: unknown[]): unknown {
  const method: unknown = Reflect.get(target, name, target)
  return isMethod(method) ? Reflect.apply(method, target, args) : undefined
}

interface Step {
  run: Run
  name: string
  /** Which of the steps with this name it is. */
  count: number
  isSecret: boolean
}

/** Sent when it is over: before the next step the workflow may sleep, and this run of it be gone. */
function tracedStep({ run, name, count, isSecret }: Step, callback: Method): Method {
  const { core, own, ctx, instance, root, seed } = run
  let attempts = 0
  return async function (this: unknown, ...args) {
    attempts += 1
    const [context] = args
    const known = isAnyObject(context) ? context : {}
    const attemptNumber = typeof known.attempt === 'number' ? known.attempt : attempts
    const hold = core.batch.hold(waitUntilOf(ctx))
    const { trace } = root.context
    const earlier = {
      ...identity(`${seed}/${name}/${count}/${attemptNumber}`, trace),
      seq: -1,
      startUnixMs: unixMs(),
    }
    const metadata = attemptNumber > 1 ? { attempt: attemptNumber } : undefined
    const step = startIn(
      core,
      { ...root.context, hold },
      { name, ...defined({ metadata }) },
      { earlier, hasTwin: true },
    )
    remember(core, step, [instance, ...args.filter(isAnyObject)])
    try {
      const running = core.ambient.run(step.context, () =>
        inTwin(core, name, step, () => Reflect.apply(callback, this, args)),
      )
      remember(core, root, [instance])
      const result: unknown = await running
      step.finish(own.output === false || isSecret ? undefined : result)
      return result
    } catch (error) {
      remember(core, root, [instance])
      step.span.fail(error)
      throw error
    } finally {
      hold?.release()
    }
  }
}

/** The platform lets go of a run that goes on later: paused, started again, moved elsewhere. */
function isPutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^Aborting engine: (?:User called (?:pause|restart)|Grace period complete)/.test(error.message)
  )
}
