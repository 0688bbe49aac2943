/**
 * One invocation as a root span: from the call of a handler to the end of what it began.
 *
 * What the handler was called with is handed on as it is, `this` included, and what it gives back comes
 * back as it is. The invocation's own `waitUntil` is used, and no earlier than there is something to send.
 *
 * @module
 */

import type { Hold } from '../export/hold.ts'
import { defined, isAnyObject } from '../json.ts'
import { startIn, type Started } from '../tracer/create-scope.ts'
import { remoteContext } from '../tracer/distributed.ts'
import { isThenable } from '../tracer/follow.ts'
import type { Core } from '../tracer/span.ts'
import type { WaitUntil } from '../runtime/keep-alive.ts'
import { remember, rememberInstance } from './current.ts'
import { attempt } from './attempt.ts'
import type { Event } from './events.ts'
import { inTwin } from './mirror.ts'
import type { SetUp } from './set-up.ts'
import { followed } from './reply.ts'

export interface Invocation {
  setUp: SetUp
  /** The execution context, or a Durable Object's state. */
  ctx: unknown
  /** What is recorded of it; asked for once. */
  event(): Event
  /** What `spanOf` finds it by. */
  things: readonly unknown[]
  /** The object whose method is called. */
  instance?: object | undefined
}

export interface Begun {
  name: string
  root: Started
  hold: Hold | undefined
}

export function invoke(invocation: Invocation, work: () => unknown): unknown {
  const core = invocation.setUp.core()
  const begun = attempt(core, () => begin(core, invocation))
  if (!begun) return work()
  const { name, root, hold } = begun
  try {
    const result = core.ambient.run(root.context, () => inTwin(core, name, root, work))
    return isThenable(result) ? result.then(over, failed) : over(result)
  } catch (error) {
    return failed(error)
  }

  function over(result: unknown): unknown {
    if (result instanceof Response) {
      const isRead = !invocation.things.some(asksForTheHeadAlone)
      const goesOn = isRead ? isBusy(hold, root) : undefined
      return attempt(core, () => followed(result, root, goesOn, release)) ?? result
    }
    root.finish(invocation.setUp.own.output === false ? undefined : result)
    release()
    return result
  }

  function failed(error: unknown): never {
    root.span.fail(error)
    release()
    throw error
  }

  function release(): void {
    hold?.release()
  }
}

export function begin(core: Core, { setUp, ctx, event, things, instance }: Invocation): Begun {
  const { own } = setUp
  const { name, input, parent } = event()
  const hold = core.batch.hold(waitUntilOf(ctx))
  const options = { name: own.name ?? name, ...defined({ input }) }
  const around = { ...remoteContext(parent), hold }
  const root = startIn(core, around, options, { lazy: !own.always, hasTwin: true })
  remember(core, root, [...things, instance].filter(isAnyObject))
  if (instance) rememberInstance(hold, instance, root)
  return { name: options.name, root, hold }
}

function asksForTheHeadAlone(thing: unknown): boolean {
  return thing instanceof Request && thing.method === 'HEAD'
}

/** Whether something inside goes on still: beside the invocation itself, and its span. */
export function isBusy(hold: Hold | undefined, root: Started): boolean {
  return hold !== undefined && hold.users > (root.isRecorded() ? 2 : 1)
}

/** Called as a method of its context, which it needs. */
export function waitUntilOf(ctx: unknown): WaitUntil | undefined {
  return hasWaitUntil(ctx) ? (promise) => ctx.waitUntil(promise) : undefined
}

function hasWaitUntil(ctx: unknown): ctx is { waitUntil: WaitUntil } {
  return isAnyObject(ctx) && typeof ctx.waitUntil === 'function'
}
