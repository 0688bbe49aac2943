import { createTracer, type Exporter, type SpanRecord } from 'carrot-trace'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const event = (content: string) =>
  new TextEncoder().encode(
    `data: ${JSON.stringify({ model: 'gpt-4o-1', choices: [{ index: 0, delta: { content } }] })}\n\n`,
  )

/** A stream that says something and then nothing more, and what was sent of it, written out as sent. */
function setup(options: { waitUntil?: (promise: Promise<unknown>) => void } = {}) {
  const sent: SpanRecord[] = []
  const exporter: Exporter = {
    export(records) {
      sent.push(...structuredClone([...records]))
      return { rejected: [] }
    },
  }
  const tracer = createTracer({
    ...options,
    exporters: [exporter],
    fetch: async () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(event('Go to'))
          controller.enqueue(event(' Settings'))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  return { sent, tracer }
}

async function readTwo(response: Response): Promise<void> {
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.read()
}

const request = {
  method: 'POST',
  body: JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] }),
}
const url = 'https://api.openai.com/v1/chat/completions'

const open = {
  name: 'chat gpt-4o',
  status: 'running',
  seq: 0,
  output: { role: 'assistant', content: 'Go to Settings' },
  call: {
    ended: 'open',
    response: { model: 'gpt-4o-1' },
    stream: { events: 2 },
    usage: { source: 'absent' },
  },
}

describe('a call that is still open', () => {
  it('leaves with what it has said so far when its invocation is about to end', async () => {
    const held: Promise<unknown>[] = []
    const { sent, tracer } = setup({ waitUntil: (promise) => void held.push(promise) })
    await tracer.span('handler', async (span) => readTwo(await span.fetch(url, request)))
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(25_000)
    await Promise.all(held)
    expect(sent).toMatchObject([{ name: 'handler', status: 'success' }, open])
  })

  it('leaves with what it has said so far when somebody calls flush', async () => {
    const { sent, tracer } = setup()
    await readTwo(await tracer.fetch(url, request))
    const receipt = tracer.flush()
    await vi.advanceTimersByTimeAsync(0)
    expect(await receipt).toEqual({ accepted: 0, rejected: 0, dropped: 0, pending: 0 })
    expect(sent).toMatchObject([open])
  })
})
