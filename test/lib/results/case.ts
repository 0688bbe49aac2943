/**
 * What a function can give back, and what callers do with it: done with the function itself and with
 * the traced one, which nobody may be able to tell apart.
 *
 * @module
 */

import type { ErrorRecord, SpanRecord } from 'carrot-trace'

export type AnyFunction = (...args: never[]) => unknown

export interface Case {
  name: string
  fn: AnyFunction
  /** What the caller does, and sees. */
  use(call: (...args: unknown[]) => unknown): unknown
  /** What its record says when all is done. */
  record: Pick<SpanRecord, 'status'> & { output?: unknown; error?: ErrorRecord }
}

export const ok = (output: unknown) => ({ status: 'success' as const, output })
export const SILENT = { status: 'success' as const }
export const failed = (type: string, message: string) => ({
  status: 'error' as const,
  error: { type, message },
})

export const error = new RangeError('too far')
export const FAILED = failed('RangeError', 'too far')

/** Items, one a pull; then its end, or a failure. */
export function streamOf<Item>(items: readonly Item[], failure?: unknown): ReadableStream<Item> {
  const left = items.values()
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next()
      if (!done) return controller.enqueue(value)
      if (failure) controller.error(failure)
      else controller.close()
    },
  })
}

export async function readAll(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const seen = []
  for await (const item of stream) seen.push(item)
  return seen
}

/** Yields thrice, tells what it was sent, and catches what is thrown into it. */
export function* counting(): Generator<string, string, string> {
  const first = yield 'a'
  try {
    const second = yield `b after ${first}`
    yield `c after ${second}`
  } catch {
    yield 'caught'
  }
  return 'returned'
}

/** Whoever writes a case knows what its function gives. */
export const as = <Value>(value: unknown): Value => value as Value
