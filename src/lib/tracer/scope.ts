/**
 * One idea: a span is a tracer scoped to its children.
 *
 * Tracer and span share this interface. Called on the tracer it uses the ambient parent, where the
 * runtime carries one; called on a span it uses that span, always, on every runtime.
 *
 * @module
 */

import type { Context } from './context.ts'
import type { SpanCarrier } from './distributed.ts'
import { isAnyObject } from '../json.ts'
import type { Fetch } from './options.ts'
import type { Attributes, CallDefaults, SpanOptions } from './span-options.ts'
import type { Trace } from './trace.ts'

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
  /**
   * Names this span to another program, which makes it the `parent` of its own: W3C trace context as
   * plain data, for a message, an argument of a remote call, or the headers of a request.
   */
  export(): SpanCarrier
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

/** What the children of each span take over. */
const CONTEXTS = new WeakMap<object, Context>()

export function know(span: Span, context: Context): void {
  CONTEXTS.set(span, context)
}

export function contextOf(span: object): Context | undefined {
  return CONTEXTS.get(span)
}

/** The span that a context is in. */
export function spanOf(context: Context | undefined): Span | undefined {
  const span = context?.span
  return isSpan(span) ? span : undefined
}

function isSpan(value: unknown): value is Span {
  return isAnyObject(value) && CONTEXTS.has(value)
}
