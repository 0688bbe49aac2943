/**
 * `trace`: functions and methods whose every call is a span.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'
import { check, describe, type Known } from './checks.ts'
import { SPAN_OPTIONS, type SpanOptions } from './span-options.ts'
import { parameterNames } from './parameters.ts'

/** Any function, for the compiler: whatever it takes and gives is kept. */
export type AnyFunction = (...args: never[]) => unknown

export interface TraceOptions extends Omit<SpanOptions, 'input'> {
  /** The function's own name unless told. */
  name?: string | undefined
  /** The parameters' names, where the source does not tell (minified, or taken apart in place). */
  params?: readonly string[] | undefined
  /** What to record of the arguments; `false` for nothing. */
  input?: false | ((...args: never[]) => unknown) | undefined
  /** What to record of the result; `false` for nothing. */
  output?: false | ((result: never) => unknown) | undefined
}

/** As much as is needed of what a decorator is told: its full type has no place for a method's own `this`. */
export interface MethodContext {
  readonly kind: 'method'
}

/** A TC39 decorator for methods. */
export type MethodDecorator = <Method extends AnyFunction>(
  method: Method,
  context: MethodContext,
) => Method

/** `trace(fn)`, `trace(name, fn)`, `trace(options, fn)`; `@trace`, `@trace(name)`, `@trace(options)`. */
export interface Trace {
  <Traced extends AnyFunction>(fn: Traced, context?: MethodContext): Traced
  <Traced extends AnyFunction>(name: string, fn: Traced): Traced
  <Traced extends AnyFunction>(options: TraceOptions, fn: Traced): Traced
  (options: string | TraceOptions): MethodDecorator
}

/** Begins a span, runs the block in it, ends it with what `output` makes of the result. */
export type RunSpan = (
  options: SpanOptions & { name: string },
  block: () => unknown,
  output: ((value: unknown) => unknown) | undefined,
) => unknown

type Mapping = ((...values: unknown[]) => unknown) | undefined

export function tracing(run: RunSpan): Trace {
  function trace(first: unknown, second?: unknown): unknown {
    if (isFunction(first) && (second === undefined || isMethod(second))) return traced({}, first)
    const options = typeof first === 'string' ? { name: first } : first
    if (typeof second === 'string' || typeof second === 'symbol') throw legacy()
    if (!isOptions(options)) throw misused(first)
    if (isFunction(second)) return traced(options, second)
    if (second !== undefined) throw misused(second)
    return (method: unknown, context: unknown) => {
      if (!isFunction(method) || !isMethod(context)) throw legacy()
      return traced(options, method)
    }
  }

  function traced(options: TraceOptions, fn: AnyFunction): AnyFunction {
    const {
      params = parameterNames(fn),
      input,
      output,
      name = fn.name || 'anonymous',
      ...rest
    } = options
    const record = mapping(input) ?? ((...args: unknown[]) => byName(params, args))
    const wrapper = function (this: unknown, ...args: never[]): unknown {
      return run(
        { ...rest, name, input: quietly(record, args) },
        () => Reflect.apply(fn, this, args),
        mapping(output),
      )
    }
    const { prototype: _, ...own } = Object.getOwnPropertyDescriptors(fn)
    return Object.defineProperties(wrapper, own) // name and length among them
  }

  return trace as Trace // overloads cannot be told of a function expression
}

/** The arguments as the reference system shows them: an object keyed by parameter name. */
export function byName(names: readonly string[] | undefined, args: readonly unknown[]): unknown {
  const [only] = args
  if (args.length === 0) return undefined
  if (args.length === 1 && isPlain(only)) return only
  if (!names || names.length < args.length) return { args }
  return Object.fromEntries(args.map((value, index) => [names[index] ?? index, value]))
}

/** What the application wants recorded; its failure is no reason to fail the call. */
function quietly(record: (...values: unknown[]) => unknown, values: readonly unknown[]): unknown {
  try {
    return record(...values)
  } catch {
    return '[unreadable]'
  }
}

function mapping(option: TraceOptions['input'] | TraceOptions['output']): Mapping {
  if (option === false) return () => undefined
  const map: unknown = option
  return isFunction(map)
    ? (...values) => quietly((...inner) => Reflect.apply(map, undefined, inner), values)
    : undefined
}

const isFlagOrFunction = (value: unknown) => value === false || isFunction(value)
const TRACE_OPTIONS: Known = {
  ...SPAN_OPTIONS,
  params: [Array.isArray, 'an array of names'],
  input: [isFlagOrFunction, 'a function of the arguments, or false'],
  output: [isFlagOrFunction, 'a function of the result, or false'],
}

/** @throws {TraceError} `invalid_option`, where they are options with a mistake. */
function isOptions(value: unknown): value is TraceOptions {
  if (!isPlain(value)) return false
  check('', value, TRACE_OPTIONS)
  return true
}

function isPlain(value: unknown): value is object {
  if (!isAnyObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function'
}

function isMethod(context: unknown): context is MethodContext {
  return isAnyObject(context) && context.kind === 'method'
}

function legacy(): TraceError {
  return new TraceError(
    'legacy_decorator',
    '@trace is a standard decorator, for methods: compile without experimentalDecorators, or call trace(fn).',
  )
}

function misused(found: unknown): TraceError {
  return new TraceError(
    'invalid_option',
    `trace() takes a function, after a name or options if need be; found ${describe(found)}.`,
  )
}
