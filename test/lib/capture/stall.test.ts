import { createTracer, memory } from 'carrot-trace'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let clock = 0
beforeEach(() => {
  clock = 1_000
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})
afterEach(() => vi.restoreAllMocks())

const event = (content: string, finish_reason: string | null = null) =>
  new TextEncoder().encode(
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`,
  )

/** What comes next, after so many milliseconds; `undefined` ends the stream. */
type Step = [ms: number, chunk: Uint8Array<ArrayBuffer> | undefined]

/** The reader of a stream that is sent at this pace, by a clock that stands still in between. */
async function open(steps: readonly Step[], signal?: AbortSignal) {
  const exporter = memory()
  let next = 0
  const tracer = createTracer({
    exporters: [exporter],
    fetch: async () => {
      const body = new ReadableStream(
        {
          pull(controller) {
            const [ms, chunk] = steps[next] ?? []
            next += 1
            if (ms === undefined) return new Promise<void>(() => {})
            clock += ms
            if (chunk) controller.enqueue(chunk)
            else controller.close()
            return undefined
          },
        },
        { highWaterMark: 0 },
      )
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  const response = await tracer.fetch('https://api.openai.com/v1/chat/completions', {
    method: 'POST',
    body: JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] }),
    ...(signal && { signal }),
  })
  const reader = response.body?.getReader()
  return { read: async () => reader?.read(), exporter }
}

describe('call.time.longestStallMs', () => {
  it('is the longest wait of the reader after the first bytes', async () => {
    const { read, exporter } = await open([
      [900, event('slow to begin')],
      [20, event('a')],
      [340, event('b')],
      [30, event('c', 'stop')],
      [5, undefined],
    ])
    while (!(await read())?.done);
    expect(exporter.records[0]?.call?.time).toMatchObject({
      firstChunkMs: 900,
      longestStallMs: 340,
      endMs: 1_295,
    })
  })

  it('leaves out how long the reader itself takes between two reads', async () => {
    const { read, exporter } = await open([
      [10, event('a')],
      [20, event('b', 'stop')],
      [5, undefined],
    ])
    await read()
    clock += 5_000
    while (!(await read())?.done);
    expect(exporter.records[0]?.call?.time.longestStallMs).toBe(20)
  })

  it('has the wait that made the application give up', async () => {
    const controller = new AbortController()
    const { read, exporter } = await open(
      [
        [10, event('a')],
        [20, event('b')],
      ],
      controller.signal,
    )
    await read()
    await read()
    void read() // and nothing comes any more
    clock += 7_000
    controller.abort()
    expect(exporter.records[0]?.call).toMatchObject({
      ended: 'cancelled',
      time: { longestStallMs: 7_000 },
    })
  })

  it('is not said of a reply that is no stream', async () => {
    const exporter = memory()
    const fetch = async () => Response.json({ choices: [] })
    const tracer = createTracer({ exporters: [exporter], fetch })
    const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
    const url = 'https://api.openai.com/v1/chat/completions'
    await (await tracer.fetch(url, { method: 'POST', body })).text()
    expect(exporter.records[0]?.call?.time).not.toHaveProperty('longestStallMs')
  })
})
