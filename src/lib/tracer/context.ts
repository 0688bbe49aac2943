/**
 * Whose child is it: the context that a span gives to what happens inside it.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import type { Hold } from '../export/batch.ts'
import { parseTraceparent } from '../ids.ts'
import type { TraceIds } from '../record.ts'
import { findAsyncStorage, type AsyncStorage } from '../runtime/async-context.ts'

/** What a child takes over from its parent. */
export interface Context {
  readonly trace: TraceIds
  /** The unit of work whose records leave together; a parent elsewhere has none here. */
  readonly hold?: Hold | undefined
  readonly userId?: string | undefined
  readonly sessionId?: string | undefined
}

/** The header that carries a parent from `headers()` to `fetch`, where it is taken off. */
export const CARRIER = 'x-carrot-parent'

/** The context that a `traceparent` names, or one among incoming headers; none if it is not valid. */
export function remoteContext(parent: string | Headers): Context | undefined {
  const header = typeof parent === 'string' ? parent : parent.get('traceparent')
  const trace = header === null ? undefined : parseTraceparent(header)
  return trace && { trace }
}

/** The context of the code that is running, where the runtime carries one. */
export interface Ambient<Value> {
  get(): Value | undefined
  run<Result>(value: Value, callback: () => Result): Result
}

/** @param tell Told once, when a span is run on a runtime that carries no context. */
export function ambient<Value>(
  option: 'auto' | 'off' | AsyncStorage,
  isValue: (stored: unknown) => stored is Value,
  tell: (error: TraceError) => void,
): Ambient<Value> {
  let storage = typeof option === 'object' ? option : undefined
  let told = option !== 'auto'

  return {
    get() {
      const stored = storage?.getStore()
      return isValue(stored) ? stored : undefined
    },
    run(value, callback) {
      if (option === 'auto') storage ??= findAsyncStorage()
      if (storage) return storage.run(value, callback)
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
