import { createTracer, memory, type WireFormat } from 'carrot-trace'
import {
  addText,
  choiceAt,
  fields,
  finish,
  inclusiveUsage,
  number,
  sse,
  string,
} from 'carrot-trace/formats'
import { describe, expect, it } from 'vitest'

/** As docs/formats.md has it. */
const acme: WireFormat = {
  name: 'acme.generate',
  operation: 'text_completion',
  stream: sse,
  matches: (url) => url.hostname === 'llm.acme.test',
  accepts: (body) => fields(body).prompt !== undefined,
  request: (call, body) => void (call.request.model = string(fields(body).model)),
  reply(call, payload) {
    const { text, stop, tokens } = fields(payload)
    addText(call, choiceAt(call, 0), 'text', 'text', string(text))
    finish(choiceAt(call, 0), string(stop))
    if (tokens) call.usage = inclusiveUsage({ output: number(tokens) }, tokens)
    return stop ? 'done' : undefined
  },
}

async function recorded(reply: string, type: string) {
  const exporter = memory()
  const fetch = async () => new Response(reply, { headers: { 'content-type': type } })
  const tracer = createTracer({ exporters: [exporter], formats: [acme], fetch })
  const body = JSON.stringify({ model: 'acme-1', prompt: 'Hi' })
  await (await tracer.fetch('https://llm.acme.test/generate', { method: 'POST', body })).text()
  const [record] = exporter.records
  const { ended, usage, response } = record?.call ?? {}
  return { name: record?.name, output: record?.output, ended, usage, response }
}

describe('a format of one’s own', () => {
  it('reads the same call from a stream as from a whole reply', async () => {
    const whole = await recorded('{"text":"Hello","stop":"stop","tokens":2}', 'application/json')
    const events = ['{"text":"Hel"}', '{"text":"lo"}', '{"stop":"stop","tokens":2}']
    const streamed = await recorded(
      events.map((event) => `data: ${event}\n\n`).join(''),
      'text/event-stream',
    )
    expect(whole).toMatchObject({
      name: 'text_completion acme-1',
      output: { role: 'assistant', content: 'Hello' },
      ended: 'complete',
      usage: { source: 'provider', output: 2, input: null },
    })
    expect(streamed).toEqual(whole)
  })
})
