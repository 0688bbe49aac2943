/**
 * One idea: a span is a tracer scoped to its children.
 *
 * Tracer and span share this interface. Called on the tracer it uses the ambient parent, where the
 * runtime carries one; called on a span it uses that span, always, on every runtime.
 *
 * @module
 */

import { carry, letGo } from './carrier.ts'
import { inherit, remoteContext, type Context } from './context.ts'
import { errorRecord, TraceError } from '../errors.ts'
import { traceFetch } from './fetch.ts'
import { follow } from './follow.ts'
import { isAnyObject, isObject } from '../json.ts'
import { check, sift } from './checks.ts'
import type { Fetch } from './options.ts'
import {
  ATTRIBUTES,
  CALL_DEFAULTS,
  SPAN_OPTIONS,
  type Attributes,
  type CallDefaults,
  type SpanOptions,
} from './span-options.ts'
import { mask } from '../redact.ts'
import { snapshot } from '../snapshot.ts'
import { begin, type Core, type Ending } from './span.ts'
import { tracing, type Trace } from './trace.ts'
import { rewire, untraced, wrapClient } from './wrap.ts'

/** What a tracer and each of its spans can do. */
export interface Scope {
  /** The global `fetch`, recording calls to model APIs. Needs no `this`. */
  readonly fetch: typeof globalThis.fetch
  /** Another `fetch`, recording likewise; of the same type, with the same properties. */
  wrapFetch<Wrapped extends Fetch>(fetch: Wrapped): Wrapped
  /** A copy of the client, of its class, that differs in its `fetch` alone; or a wrapped `fetch`. */
  wrap<Client extends object>(client: Client, defaults?: CallDefaults): Client
  /** A function of the same type whose every call is a span; or a decorator that makes methods so. */
  readonly trace: Trace
  /** Runs a block as a span, now. It ends where the block's result does. */
  span<Result>(name: string, block: (span: Span) => Result): Result
  span<Result>(name: string, options: SpanOptions, block: (span: Span) => Result): Result
  /**
   * Runs a block whose every span and call has these attributes; tags and metadata are added to those
   * that it has already. Where the runtime carries no context, the block's own scope does.
   */
  withAttributes<Result>(attributes: Attributes, block: (scope: Scope) => Result): Result
  /** Begins a span that ends with `end()`, or with the block that it is declared in by `using`. */
  startSpan(name: string, options?: SpanOptions): Span
}

/** A step of a pipeline, from its beginning to its end. */
export interface Span extends Scope {
  /** UUIDv7 of its record. */
  readonly id: string
  /** 32 hex digits. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
  /** Adds to what is recorded; tags and metadata to those it has. */
  set(changes: SpanChanges): void
  /** Headers that make one request this span's child. They are taken off before the wire. */
  headers(): Record<string, string>
  /** Ends it with an error, which whoever threw it still has to handle. */
  fail(error: unknown): void
  /** Ends it. A span ends once; later ends are let go. */
  end(): void
  [Symbol.dispose](): void
}

export interface SpanChanges extends Pick<SpanOptions, 'input' | 'tags' | 'metadata'> {
  name?: string | undefined
  output?: unknown
}

/** The side of a span that is not the application's. */
interface Inside {
  /** What its children take over. */
  context: Context
  /** Ends it with this output, unless it has been given one. */
  finish(output: unknown): void
}

const INSIDES = new WeakMap<object, Inside>()

export function contextOf(span: object | undefined): Context | undefined {
  return span && INSIDES.get(span)?.context
}

/** The span that a context is in. */
export function spanOf(context: Context | undefined): Span | undefined {
  const span = context?.span
  return isSpan(span) ? span : undefined
}

function isSpan(value: unknown): value is Span {
  return isAnyObject(value) && INSIDES.has(value)
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
    startSpan: (name, options = {}) => start({ ...options, name }),
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
  function start(given: SpanOptions & { name: string }): Span {
    const { name = 'span', ...options } = sift('', given, SPAN_OPTIONS, tell)
    const { parent: named } = options
    const around = parent()
    const context =
      typeof named === 'string' || named instanceof Headers
        ? remoteContext(named, around)
        : contextOf(named)
    return createSpan(core, context ?? around, { ...options, name })
  }
}

function createSpan(
  core: Core,
  parent: Context | undefined,
  options: SpanOptions & { name: string },
): Span {
  const { name, kind = parent?.trace ? 'task' : 'workflow', tags, userId, sessionId } = options
  const { maxBytes } = core.settings
  const input = snapshot(options.input, maxBytes)
  const metadata = toMetadata(options.metadata)
  let answered = false
  const live = begin(core, parent, { name, kind, input, tags, metadata, userId, sessionId })
  const { id } = live
  const context = { ...live.context, span: undefined as Span | undefined }

  const span: Span = Object.assign(
    createScope(core, () => context),
    {
      id,
      traceId: context.trace.traceId,
      spanId: context.trace.spanId,
      set(changes: SpanChanges) {
        const { name, tags, metadata } = changes
        answered ||= changes.output !== undefined
        live.set({
          ...(name && { name }),
          ...recorded('input', changes.input),
          ...recorded('output', changes.output),
          ...(tags && { tags: [...tags] }),
          ...(metadata && { metadata: toMetadata(metadata) }),
        })
      },
      headers: () => carry(context),
      fail: (error: unknown) => end({ status: 'error', error: errorRecord(error, mask) }),
      end: () => end({}),
      [Symbol.dispose]: () => end({}),
    },
  )
  context.span = span
  INSIDES.set(span, {
    context,
    finish: (output) => end(answered ? {} : recorded('output', output)),
  })
  return span

  function end(changes: Ending): void {
    letGo(context)
    live.end(changes)
  }

  function recorded(field: 'input' | 'output', value: unknown): Ending {
    const json = value === undefined ? undefined : snapshot(value, maxBytes)
    return json === undefined ? {} : { [field]: json }
  }

  function toMetadata(metadata: SpanOptions['metadata']) {
    const json = snapshot(metadata ?? {}, maxBytes)
    return isObject(json) ? json : {}
  }
}

/** Runs the block in the span, and ends it where the block's result ends. */
function run<Result>(
  core: Core,
  span: Span,
  block: (span: Span) => Result,
  output: (value: unknown) => unknown = (value) => value,
): Result {
  const context = contextOf(span) ?? {}
  const inside = <Value>(work: () => Value): Value => core.ambient.run(context, work)
  try {
    const result = follow(
      inside(() => block(span)),
      { inside, failed: span.fail, ok: (value) => INSIDES.get(span)?.finish(output(value)) },
    )
    return result as Result // `follow` gives back what it was given, or its equal
  } catch (error) {
    span.fail(error)
    throw error
  }
}
