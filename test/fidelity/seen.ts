/**
 * What an application saw, as plain data that can be compared and sent between processes.
 *
 * @module
 */

import type { Moment } from '../support/moments.ts'
import type { Seen } from './scenarios.ts'

export function bytesOf(buffer: ArrayBufferLike): string {
  return new Uint8Array(buffer).join()
}

/** By reader, as not every browser can iterate a stream. */
export async function* iterate(
  body: ReadableStream<Uint8Array> | null,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  try {
    for (;;) {
      const result = await reader?.read()
      if (!result || result.done) return
      yield result.value
    }
  } finally {
    await reader?.cancel()
  }
}

export async function caught(
  work: Promise<unknown> | (() => unknown) | undefined,
): Promise<unknown> {
  try {
    await (typeof work === 'function' ? work() : work)
    return 'nothing was thrown'
  } catch (error) {
    return error
  }
}

/**
 * Enough of an error to tell it from another, without what differs from one time to the next. Two
 * known differences are left out: Chromium puts the name of the method that failed before some
 * messages, and tells the abort of a body that is read whole in other words than of one in pieces.
 */
export function kindOf(error: unknown): Seen {
  if (!(error instanceof Error)) return error
  const message = error.message
    .replace(/[\w.-]+:\d+(\/[\w./-]*)?/g, '<address>')
    .replace(/reference = \w+/, 'reference')
    .replace(/^Failed to execute '\w+' on '\w+': /, '')
    .replace('BodyStreamBuffer was aborted', 'The user aborted a request.')
  return { name: error.name, kind: error.constructor.name, message }
}

/**
 * Waits until something has happened to a request on the server's side; `false` if it never does.
 *
 * Then it asks once more: by the time of the second answer, what the server sent before it gave the
 * first has reached the client too.
 */
export async function untilSeen(baseUrl: string, id: string, moment: Moment): Promise<boolean> {
  const ask = async () => (await globalThis.fetch(`${baseUrl}/seen/${id}/${moment}`)).json()
  const { seen } = await ask()
  return seen && (await ask()).seen
}
