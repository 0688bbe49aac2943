/**
 * Whose child is it: the context that a span gives to what happens inside it.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import type { Hold } from '../export/hold.ts'
import { defined, isAnyObject } from '../json.ts'
import type { TraceIds } from '../record.ts'
import { findAsyncStorage, type AsyncStorage, type FoundStorage } from '../runtime/async-context.ts'
import type { Attributes } from './span-options.ts'

/** What a child takes over from its parent. */
export interface Context {
  /** The parent; none outside of any span. */
  readonly trace?: TraceIds | undefined
  /** The parent, where it is one of this program's. */
  readonly span?: object | undefined
  /** The unit of work whose records leave together. */
  readonly hold?: Hold | undefined
  readonly attributes?: Attributes | undefined
  readonly companions?: Companions | undefined
  /** Has a span that is kept to itself recorded after all: somebody refers to it. */
  readonly wake?: ((by?: Hold) => void) | undefined
}

/** What travels with a trace from program to program beside its ids, as it came. */
export interface Companions {
  readonly tracestate?: string | undefined
  readonly baggage?: string | undefined
}

const CONTEXTS = new WeakSet<object>()

/** What others keep in the same storage is none of ours. */
function isContext(stored: unknown): stored is Context {
  return isAnyObject(stored) && CONTEXTS.has(stored)
}

/** Attributes of one's own, added to those that are inherited. */
export function inherit(outer: Attributes | undefined, own: Attributes): Attributes {
  return {
    ...outer,
    ...defined(own),
    tags: merge(outer?.tags, own.tags),
    metadata: { ...outer?.metadata, ...own.metadata },
  }
}

/** Every tag once, in the order of their first mention. */
export function merge(...lists: readonly (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((tags) => tags ?? []))]
}

/** The context of the code that is running, where the runtime carries one. */
export interface Ambient {
  /** What carries it, in words; none where nothing does. */
  source(): string | undefined
  get(): Context | undefined
  run<Result>(context: Context, callback: () => Result): Result
}

/** @param tell Told once, when a span is run on a runtime that carries no context. */
export function ambient(
  option: 'auto' | 'off' | AsyncStorage,
  tell: (error: TraceError) => void,
): Ambient {
  const given = typeof option === 'object' ? { source: 'given', storage: option } : undefined
  let found: FoundStorage | undefined = given
  let told = option !== 'auto'
  // On first use, for a Worker has imported what it needs by its first request, and not before.
  const find = () => (option === 'auto' ? (found ??= findAsyncStorage()) : found)

  return {
    source: () => find()?.source,
    get() {
      const stored = found?.storage.getStore()
      return isContext(stored) ? stored : undefined
    },
    run(context, callback) {
      CONTEXTS.add(context)
      const storage = find()?.storage
      if (storage) return storage.run(context, callback)
      if (!told) {
        told = true
        tell(new TraceError('no_async_context', NO_CONTEXT))
      }
      return callback()
    },
  }
}

const NO_CONTEXT =
  'This runtime carries no context across await: name the parent, by `s.fetch`, `s.wrap(client)` ' +
  'or `{ headers: s.headers() }` of the span; context: "off" silences this.'
