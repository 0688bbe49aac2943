/**
 * An object in front of one of the platform's, which has a few methods of its own.
 *
 * All else is the platform's: its methods are called on it, private members and native ones included. Those
 * of stubs are made when they are asked for and need no `this`; they are handed out as they are.
 *
 * @module
 */

import { isMethod, type Method } from './handler.ts'

/** @param own The method to have in place of the one with this name; `next` calls that one. */
export function inFront<Target extends object>(
  target: Target,
  own: (name: PropertyKey, next: Method) => Method | undefined,
): Target {
  const known = new Map<PropertyKey, { member: Method; method: Method }>()

  return new Proxy(target, {
    get(_, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (!isMethod(member) || isFixed(target, name)) return member
      const found = known.get(name)
      if (found?.member === member) return found.method
      const next: Method = (...args) => Reflect.apply(member, target, args)
      const method = own(name, next) ?? (isOfStub(member) || name === 'constructor' ? member : next)
      known.set(name, { member, method })
      return method
    },
    set: (_, name, value) => Reflect.set(target, name, value, target),
  })
}

/** What a proxy may give nothing else for. */
function isFixed(target: object, name: PropertyKey): boolean {
  return Reflect.getOwnPropertyDescriptor(target, name)?.configurable === false
}

/** It may be a path to further members, and is no function but looks like one. */
function isOfStub(member: Method): boolean {
  return Object.prototype.toString.call(member) !== '[object Function]' && !isAsync(member)
}

function isAsync(member: Method): boolean {
  return /^\[object \w*Function\]$/.test(Object.prototype.toString.call(member))
}
