/**
 * Steps of a workflow, each attempt at one that is really executed as a span.
 *
 * Only the callback of a step says that it is executed: where its result is known already the platform
 * does not call it.
 *
 * @module
 */

import { unixMs } from '../clock.ts'
import type { Hold } from '../export/hold.ts'
import { defined, isAnyObject } from '../json.ts'
import { startIn, type Started } from '../tracer/create-scope.ts'
import type { Core } from '../tracer/span.ts'
import { attempt } from './attempt.ts'
import { remember } from './current.ts'
import { isMethod, type Method } from './handler.ts'
import { identityOf } from './identity.ts'
import { inFront } from './in-front.ts'
import { waitUntilOf } from './invoke.ts'
import { inTwin } from './mirror.ts'
import type { OwnOptions } from './options.ts'

/** One run of a workflow. */
export interface Run {
  core: Core
  own: OwnOptions
  ctx: unknown
  instance: object
  root: Started
  /** Tells the workflow's spans from all others'. */
  seed: string
}

interface Step {
  name: string
  /** Which of the steps with this name it is. */
  count: number
  /** Its result is nobody's business. */
  isSensitive: boolean
}

/** What the platform gives to run steps with, with a `do` that sees them executed. */
export function tracedSteps(steps: unknown, run: Run): unknown {
  if (!isAnyObject(steps) && typeof steps !== 'function') return steps
  const counts = new Map<string, number>()
  return inFront(steps, (member, next) => (member === 'do' ? tracedDo(next) : undefined))

  function tracedDo(next: Method): Method {
    return (...args) => {
      const name = String(args[0])
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      const isSensitive = args.some((each) => isAnyObject(each) && each.sensitive === 'output')
      const at = args.findIndex(isMethod)
      const callback = args[at]
      if (isMethod(callback)) args[at] = tracedStep(run, { name, count, isSensitive }, callback)
      return next(...args)
    }
  }
}

/** Sent when it is over: before the next step the workflow may sleep, and this run of it be gone. */
function tracedStep(run: Run, step: Step, callback: Method): Method {
  const { core, own, instance, root } = run
  let attempts = 0
  return async function (this: unknown, ...args) {
    const work = () => Reflect.apply(callback, this, args)
    const number = (attempts += 1)
    const begun = attempt(core, () => begin(run, step, args[0], number))
    if (!begun) return work()
    const { span, hold } = begun
    const after = () => remember(core, root, [instance])
    remember(core, span, [instance, ...args.filter(isAnyObject)])
    try {
      const running = core.ambient.run(span.context, () => inTwin(core, step.name, span, work))
      after()
      const result: unknown = await running
      span.finish(own.output === false || step.isSensitive ? undefined : result)
      return result
    } catch (error) {
      after()
      span.span.fail(error)
      throw error
    } finally {
      hold?.release()
    }
  }
}

/** @param number Of the attempt, as far as this run knows; the platform knows of earlier runs too. */
function begin(
  { core, ctx, root, seed }: Run,
  { name, count }: Step,
  context: unknown,
  number: number,
): { span: Started; hold: Hold | undefined } {
  const told = isAnyObject(context) ? context.attempt : undefined
  const nth = typeof told === 'number' ? told : number
  const hold = core.batch.hold(waitUntilOf(ctx))
  const identity = identityOf(core, `${seed}/${name}/${count}/${nth}`, root.context.trace)
  const metadata = nth > 1 ? { attempt: nth } : undefined
  const span = startIn(
    core,
    { ...root.context, hold },
    { name, ...defined({ metadata }) },
    { earlier: { ...identity, seq: -1, startUnixMs: unixMs() }, hasTwin: true },
  )
  return { span, hold }
}
