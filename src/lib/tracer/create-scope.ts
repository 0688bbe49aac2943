/**
 * Makes scopes: of a tracer, of a block with attributes, of a span.
 *
 * @module
 */

import { inherit, type Context } from './context.ts'
import { TraceError } from '../errors.ts'
import { traceFetch } from './fetch.ts'
import { follow } from './follow.ts'
import { check, sift } from './checks.ts'
import { createSpan, type CreatedSpan, type Manner } from './create-span.ts'
import { remoteContext } from './distributed.ts'
import type { Fetch } from './options.ts'
import { contextOf, know, type Scope, type Span } from './scope.ts'
import {
  ATTRIBUTES,
  CALL_DEFAULTS,
  SPAN_OPTIONS,
  type CallDefaults,
  type SpanOptions,
} from './span-options.ts'
import type { Core } from './span.ts'
import { tracing } from './trace.ts'
import { rewire, untraced, wrapClient } from './wrap.ts'

/** A span that has begun, and the side of it that is not the application's. */
export interface Started extends Pick<CreatedSpan, 'finish' | 'isRecorded'> {
  span: Span
  context: CreatedSpan['context']
}

/** Begins a span, and gives it its scope. */
export function startIn(
  core: Core,
  parent: Context | undefined,
  options: SpanOptions & { name: string },
  manner?: Manner,
): Started {
  const { members, context: own, ...rest } = createSpan(core, parent, options, manner)
  const span: Span = Object.assign(
    createScope(core, () => context),
    members,
  )
  const context = { ...own, span }
  know(span, context)
  return { span, context, ...rest }
}

export function createScope(core: Core, parent: () => Context | undefined): Scope {
  let own: Fetch | undefined

  return {
    get fetch() {
      return (own ??= traced(globalThis.fetch, {}, core.send))
    },
    wrapFetch: (fetch) => traced(fetch, {}),
    wrap(client, defaults = {}) {
      check('', defaults, CALL_DEFAULTS)
      const { copy, send } = core
      const wrapFetch = (fetch: Fetch) => traced(fetch, defaults)
      const wrap = <Wrapped extends object>(client: Wrapped): Wrapped =>
        wrapClient(client, copy, { wrapFetch, send, wrap, tell })
      return wrap(client)
    },
    trace: tracing((options, block, output) => run(core, start(options), block, output)),
    span<Result>(
      name: string,
      options: SpanOptions | ((span: Span) => Result),
      block?: (span: Span) => Result,
    ): Result {
      if (typeof options === 'function') return run(core, start({ name }), options)
      if (block) return run(core, start({ ...options, name }), block)
      throw new TraceError(
        'invalid_option',
        'span(name, options, block) was given no block to run.',
      )
    },
    withAttributes(given, block) {
      const outer = parent()
      const own = sift('', given, ATTRIBUTES, tell)
      const context = { ...outer, attributes: inherit(outer?.attributes, own) }
      return core.ambient.run(context, () => block(createScope(core, () => context)))
    },
    startSpan: (name, options = {}) => start({ ...options, name }).span,
  }

  function tell({ code, message }: TraceError): void {
    core.report(code, message)
  }

  function traced<Wrapped extends Fetch>(
    fetch: Wrapped,
    defaults: CallDefaults,
    real = untraced(fetch),
  ): Wrapped {
    return rewire(traceFetch(core, parent, real, defaults), fetch, real)
  }

  /** Options of a span come while the application runs: a wrong one is told of, and done without. */
  function start(given: SpanOptions & { name: string }): Started {
    const { name = 'span', ...options } = sift('', given, SPAN_OPTIONS, tell)
    const { parent: named, ...own } = options
    return startIn(core, parentOf(named), { ...own, name })
  }

  function parentOf(named: SpanOptions['parent']): Context | undefined {
    const around = parent()
    if (!named) return around
    const own = typeof named === 'object' ? contextOf(named) : undefined
    const context = own ?? remoteContext(named, around)
    if (!context && typeof named === 'string') tell(new TraceError('invalid_option', NO_PARENT))
    return context ?? around
  }
}

const NO_PARENT =
  'The option "parent" is no traceparent (00-<32 hex digits>-<16 hex digits>-<2 hex digits>): the span has the parent it would have without.'

/** Runs the block in the span, and ends it where the block's result ends. */
function run<Result>(
  core: Core,
  { span, context, finish }: Started,
  block: (span: Span) => Result,
  output: (value: unknown) => unknown = (value) => value,
): Result {
  const inside = <Value>(work: () => Value): Value => core.ambient.run(context, work)
  try {
    const result = follow(
      inside(() => block(span)),
      { inside, failed: span.fail, ok: (value) => finish(output(value)) },
    )
    return result as Result // `follow` gives back what it was given, or its equal
  } catch (error) {
    span.fail(error)
    throw error
  }
}
