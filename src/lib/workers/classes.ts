/**
 * Classes that the runtime makes instances of: Durable Objects, entrypoints, Workflows.
 *
 * The result is a subclass. What the application wrote runs on an instance of its own class, private
 * members, statics and `instanceof` included, and traced methods stand on the prototype, where remote
 * calls look for them.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { parameterNames } from '../tracer/parameters.ts'
import { byName } from '../tracer/trace.ts'
import { ambientSpanOf } from './current.ts'
import { carrierIn, eventOf, EVENTS, OF_OTHERS, withoutCarrier, type Event } from './events.ts'
import { isMethod, type Method } from './handler.ts'
import { invoke } from './invoke.ts'
import type { OwnOptions } from './options.ts'
import type { SetUp } from './set-up.ts'
import { tracedRun } from './workflow.ts'

export type AnyClass = abstract new (...args: never[]) => object

/** What an instance was made with. */
export interface Host {
  ctx: unknown
  setUp: SetUp
}

const hosts = new WeakMap<object, Host>()

export function instrumentClass<Class extends AnyClass>(
  original: Class,
  setUp: (env: unknown) => SetUp,
): Class {
  // A function and no `class`: one that extends a type parameter would need arguments of any type.
  const subclass = function (...args: unknown[]): object {
    const instance: object = Reflect.construct(original, args, new.target ?? subclass)
    const [ctx, env] = args
    hosts.set(instance, { ctx, setUp: setUp(env) })
    return instance
  }
  const { name, length } = original
  Object.setPrototypeOf(subclass, original)
  Object.defineProperties(subclass, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
    prototype: { value: Object.create(original.prototype, tracedMethods(original)) },
  })
  Object.defineProperty(subclass.prototype, 'constructor', { ...HIDDEN, value: subclass })
  return subclass as object as Class // its subclass, by all that can be asked of it
}

const HIDDEN = { enumerable: false, configurable: true, writable: true }

/** Those of the application's own classes; what is the platform's stays as it is. */
function tracedMethods(original: AnyClass): PropertyDescriptorMap {
  const traced: PropertyDescriptorMap = {}
  const isWorkflow = basesOf(original).includes('WorkflowEntrypoint')
  for (const { prototype } of ownClasses(original)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method: unknown = value
      if (name === 'constructor' || name in traced || !isMethod(method)) continue
      if (isWorkflow && name !== 'run') continue // its only call from outside
      const wrapped = isWorkflow
        ? tracedRun(original.name, method, hostOf)
        : tracedMethod(original.name, name, method)
      traced[name] = { ...HIDDEN, value: named(wrapped, method) }
    }
  }
  return traced
}

function hostOf(instance: unknown): Host | undefined {
  return isAnyObject(instance) ? hosts.get(instance) : undefined
}

function tracedMethod(className: string, name: string, method: Method): Method {
  const names = parameterNames(method)
  return function (this: unknown, ...args) {
    const work = () => Reflect.apply(method, this, args)
    const host = hostOf(this)
    if (!host || !isAnyObject(this)) return work()
    const { ctx, setUp } = host
    if (OF_OTHERS.has(name) && !setUp.own.tail) return work()
    if (ambientSpanOf(setUp.core(), this)) return work() // a method that calls another of its own
    const [first] = args
    const event = () => {
      const { name: called, ...rest } =
        EVENTS.has(name) && isAnyObject(first)
          ? eventOf(name, first, setUp.own)
          : remoteCall(name, args, names, setUp.own)
      const dot = rest.parent === first && name === 'fetch' ? ' ' : '.'
      return { ...rest, name: `${className}${dot}${called}` }
    }
    return invoke({ setUp, ctx, event, things: args, instance: this }, work)
  }
}

/** Whoever calls a method may name the span it comes from, by what `export()` gives, among the arguments. */
function remoteCall(
  name: string,
  args: unknown[],
  names: readonly string[] | undefined,
  { input }: OwnOptions,
): Event {
  const parent = args.map(carrierIn).find(Boolean)
  const isShown = (_: unknown, at: number) => input !== false && args[at] !== parent
  const shown = args.filter(isShown).map(withoutCarrier)
  return { name, input: byName(names?.filter(isShown), shown), parent }
}

/** From the class up to the first of the platform. */
function ownClasses(original: AnyClass): AnyClass[] {
  return lineOf(original).filter((each) => !isNative(each))
}

function basesOf(original: AnyClass): string[] {
  return lineOf(original)
    .filter(isNative)
    .map(({ name }) => name)
}

function lineOf(original: AnyClass): AnyClass[] {
  const above: unknown = Object.getPrototypeOf(original)
  return isClass(above) && above.prototype ? [original, ...lineOf(above)] : [original]
}

function isClass(value: unknown): value is AnyClass {
  return typeof value === 'function'
}

function isNative(value: AnyClass): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(value))
}

function named(wrapper: Method, { name, length }: Method): Method {
  return Object.defineProperties(wrapper, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  })
}
