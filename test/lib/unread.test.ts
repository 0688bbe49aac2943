import { describe, expect, it } from 'vitest'
import { createTracer } from 'carrot-trace'
import { createTracer as createBare } from 'carrot-trace/core'
import { openaiChat } from '../../src/lib/formats/openai-chat.ts'
import { assemble } from '../../src/lib/tracer/tracer.ts'

const url = 'https://api.openai.com/v1/videos'
const post = { method: 'POST', body: '{"model":"sora-2","prompt":"A secret otter"}' }

const builtIn = { formats: [openaiChat], copy: () => undefined }

function told() {
  const messages: string[] = []
  const options = {
    exporters: [],
    fetch: async () => Response.json({}),
    onError: ({ code, message }: { code: string; message: string }) => {
      messages.push(`${code} ${message}`)
    },
  }
  return { messages, options }
}

describe('calls that no format reads', () => {
  it('are told of once a host, and counted', async () => {
    const { messages, options } = told()
    const { core, tracer } = assemble(options, builtIn)
    for (const address of [url, url, 'https://api.x.ai/v1/videos', 'https://shop.test/videos']) {
      await tracer.fetch(address, post)
    }
    expect([...core.unread]).toEqual([
      ['api.openai.com', 2],
      ['api.x.ai', 1],
    ])
    expect(messages).toHaveLength(2)
  })

  it('are told of without query, key and prompt', async () => {
    const { messages, options } = told()
    const { fetch } = createTracer(options)
    await fetch(`https://api.openai.com/v1/videos/sk-abcdefghijklmnopqrst?key=hidden`, post)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toContain('api.openai.com/v1/videos/[redacted] ')
    expect(messages[0]).not.toMatch(/hidden|secret|sk-/)
  })

  it('are counted for a hundred hosts at most', async () => {
    const { messages, options } = told()
    const { core, tracer } = assemble(options, { ...builtIn, formats: [] })
    for (let host = 0; host < 150; host += 1) {
      await tracer.fetch(`https://eu${host}.api.openai.com/v1/videos`, post)
    }
    expect([core.unread.size, messages.length]).toEqual([100, 100])
  })

  it('are none where the tracer is off', async () => {
    const { messages, options } = told()
    await createTracer({ ...options, disabled: true }).fetch(url, post)
    expect(messages).toEqual([])
  })

  it('are those of formats that were not passed, too', async () => {
    const { messages, options } = told()
    const chat = { method: 'POST', body: '{"model":"m","messages":[{"role":"user"}]}' }
    await createBare(options).fetch('http://127.0.0.1:1/v1/chat', chat)
    expect(messages).toHaveLength(1)
  })

  it('have their body left to who receives it where it is no text', async () => {
    const { messages, options } = told()
    const bodies: unknown[] = []
    const { fetch } = createTracer({
      ...options,
      fetch: async (_input, init) => {
        bodies.push(init?.body)
        return Response.json({})
      },
    })
    const body = new Blob(['{"model":"m","prompt":"x"}'])
    await fetch('http://127.0.0.1:1/infer', { method: 'POST', body })
    expect(bodies).toEqual([body])
    expect(messages).toEqual([])
  })

  it('are counted where the body that shows it is seen later', async () => {
    const { options } = told()
    const { core, tracer } = assemble(options, builtIn)
    const body = new Blob(['{"model":"gpt-4o"}'])
    await tracer.fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })
    await expect.poll(() => [...core.unread]).toEqual([['api.openai.com', 1]])
  })
})
