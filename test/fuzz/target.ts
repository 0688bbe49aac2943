/**
 * What a coverage-guided fuzzer calls with bytes of its own: they are the answer to a traced call, or
 * its request, in any format and framing. Whatever they are, the application gets what was sent, a record
 * of bounded size is there, and nothing fails.
 *
 * How it is run, and what came of it: docs/fuzzing.md.
 *
 * @module
 */

import { createTracer, memory, type TraceError } from '../../src/index.ts'
import { SUBJECTS } from './subjects.ts'

const MAX_BYTES = 2_048
/** What is kept of text, the provider's own counts, and the names that stand beside. */
const MAX_RECORD_CHARS = 400_000
/** Of the processor, for 64 KiB at most: far more than it takes, far less than what grows with the square of it. */
const MAX_MS = 2_000

const errors: TraceError[] = []
const recorded = memory()
let answer = new Response()
const tracer = createTracer({
  exporters: [recorded],
  capture: { maxBytes: MAX_BYTES },
  context: 'off',
  onError: (error) => {
    if (error.code !== 'unread_call') errors.push(error)
  },
  fetch: async () => answer,
})

export async function fuzz(data: Uint8Array): Promise<void> {
  const [which = 0, size = 0] = data
  const bytes = Uint8Array.from(data.subarray(2))
  const subject = SUBJECTS[which % SUBJECTS.length]
  if (!subject) throw new Error('There is nothing to try.')
  const { url, type, status = 200 } = subject
  answer = new Response(inPieces(subject.request ? bytes : new Uint8Array(), size), {
    status,
    headers: { 'content-type': type },
  })
  const body = subject.request ?? bytes
  const begun = process.cpuUsage()
  const reply = await tracer.fetch(url, { method: 'POST', body })
  const seen = await reply.bytes()
  const ms = process.cpuUsage(begun).user / 1_000
  const sent = subject.request ? bytes : new Uint8Array()
  if (Buffer.compare(seen, sent) !== 0) throw new Error('The answer is not what was sent.')
  const [failed] = errors.splice(0)
  if (failed) throw failed.cause ?? failed
  const records = recorded.records.length
  if (subject.request && records !== 1) throw new Error(`There are ${records} records.`)
  const chars = JSON.stringify(recorded.records).length
  recorded.clear()
  if (chars > MAX_RECORD_CHARS + 12 * bytes.length) throw new Error(`${chars} characters are kept.`)
  if (ms > MAX_MS) throw new Error(`It took more than ${MAX_MS} ms.`)
}

/** In pieces of this size; all at once of none. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      const step = size || bytes.length || 1
      for (let at = 0; at < bytes.length; at += step) controller.enqueue(bytes.slice(at, at + step))
      controller.close()
    },
  })
}
