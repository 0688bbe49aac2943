/**
 * A text line by line, as it comes.
 *
 * @module
 */

import { Failure } from './failure.ts'

/** No record is longer: it came in a request of 10 MB, and may be longer once it is escaped. */
export const MAX_LINE_CHARS = 64 * 1024 * 1024

/** The lines of a body, without empty ones. The last one counts even where nothing ends it. */
export async function* linesOf(body: { body: ReadableStream | null }): AsyncGenerator<string> {
  const reader = body.body?.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader()
  if (!reader) return
  const parts: string[] = []
  let chars = 0
  for (;;) {
    const { done, value = '' } = await reader.read()
    if (done) break
    const [first = '', ...rest] = value.split('\n')
    parts.push(first)
    chars += first.length
    if (chars > MAX_LINE_CHARS) {
      throw new Failure(`A line has more than ${MAX_LINE_CHARS} characters, which no record has.`)
    }
    for (const next of rest) {
      const line = parts.join('')
      if (line.trim() !== '') yield line
      parts.splice(0, parts.length, next)
      chars = next.length
    }
  }
  const last = parts.join('')
  if (last.trim() !== '') yield last
}
