/**
 * A Worker's handlers, each of whose invocations is a root span.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { eventOf, EVENTS, OF_OTHERS } from './events.ts'
import { invoke } from './invoke.ts'
import type { SetUp } from './set-up.ts'

export type Method = (this: unknown, ...args: unknown[]) => unknown

export function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}

/**
 * An object like the handler, with its handlers traced and everything else as it is. A handler that is
 * an instance of a class stands behind it, untouched; `this` in it is what it was.
 */
export function instrumentHandler<Handler extends object>(
  handler: Handler,
  setUp: (env: unknown) => SetUp,
): Handler {
  const traced: PropertyDescriptorMap = {}
  for (const name of EVENTS) {
    const method: unknown = Reflect.get(handler, name)
    if (isMethod(method)) traced[name] = { ...SHOWN, value: tracedHandler(name, method) }
  }
  const prototype: unknown = Object.getPrototypeOf(handler)
  const isPlain = prototype === Object.prototype || prototype === null
  const instrumented: Handler = isPlain
    ? Object.create(prototype, { ...Object.getOwnPropertyDescriptors(handler), ...traced })
    : Object.create(handler, traced)
  return instrumented

  function tracedHandler(name: string, method: Method): Method {
    return function (this: unknown, ...args) {
      const self = this === instrumented ? handler : this
      const work = () => Reflect.apply(method, self, args)
      const [event, env, ctx] = args
      const prepared = setUp(env)
      if (!isAnyObject(event) || (OF_OTHERS.has(name) && !prepared.own.tail)) return work()
      const told = () => eventOf(name, event, prepared.own)
      return invoke({ setUp: prepared, ctx, event: told, things: [event] }, work)
    }
  }
}

const SHOWN = { enumerable: true, configurable: true, writable: true }
