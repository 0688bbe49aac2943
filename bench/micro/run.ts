/**
 * `npm run micro`: what the parts of a traced call cost by themselves, in nanoseconds.
 *
 * For whoever changes one of them; an application's cost is what `npm run bench` measures.
 *
 * @module
 */

import { bench, do_not_optimize, run, summary } from 'mitata'
import { observe } from '../../dist/lib/capture/observe.js'
import { toWire } from '../../dist/lib/export/wire.js'
import { weigh } from '../../dist/lib/export/weigh.js'
import { openaiChat } from '../../dist/lib/formats/openai-chat.js'
import { sse } from '../../dist/lib/framing/sse.js'
import { uuid } from '../../dist/lib/ids.js'
import { mask } from '../../dist/lib/redact.js'
import { createTracer, type SpanRecord } from '../../dist/index.js'
import { completion, TOKENS } from '../servers/replies.ts'
import { emptyCall, recordOf } from './samples.ts'

const CHUNKS = 1_000
const chunks = Array.from(
  { length: CHUNKS },
  (_, at) => new Uint8Array(TOKENS[at % TOKENS.length] ?? []),
)
const payloads = TOKENS.map((token) => JSON.parse(token.toString().slice('data: '.length)))
const whole = JSON.parse(completion(1, 1_019).toString())
const record: SpanRecord = recordOf(whole)
const prompt = JSON.stringify(record.input)
const tracer = createTracer({ exporters: [], onError: () => {} })

summary(() => {
  bench('native stream, 1,000 chunks', () => read(source()))
  bench('observed stream, 1,000 chunks', () => read(observe(source(), { chunk() {}, end() {} })))
})

bench('framing: an event', function* () {
  const framing = sse({ payload() {}, undecodable() {}, overflow() {}, done() {} }, 1_048_576)
  let at = 0
  yield () => framing.push(chunks[at++ % CHUNKS] ?? new Uint8Array())
})

bench('format: an event of a stream', function* () {
  let call = emptyCall()
  let at = 0
  yield () => {
    if (at % 2_000 === 0) call = emptyCall() // a reply of an unheard-of length would be another thing
    return do_not_optimize(openaiChat.reply(call, payloads[at++ % payloads.length]))
  }
})

bench('format: a whole reply', () => openaiChat.reply(emptyCall(), whole))
bench('a span, begun and ended', () => tracer.startSpan('step', { input: 'x' }).end())
bench('an id', () => do_not_optimize(uuid()))
bench('mask: a prompt of 0.5 KB', () => do_not_optimize(mask(prompt)))
bench('weigh: a record', () => do_not_optimize(weigh(record)))
bench('toWire: a record', () => do_not_optimize(toWire(record)))
bench('toWire: a record, as JSON', () => do_not_optimize(JSON.stringify(toWire(record))))

await run({ colors: process.stdout.isTTY })

function source(): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const chunk = chunks[at]
      at += 1
      if (chunk) return controller.enqueue(new Uint8Array(chunk)) // which takes its buffer away
      controller.close()
      controller.byobRequest?.respond(0)
    },
  })
}

async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader()
  while (!(await reader.read()).done);
}
