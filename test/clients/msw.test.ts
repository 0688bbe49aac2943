import OpenAI from 'openai'
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { createTracer, memory } from 'carrot-trace'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE, modelApis } from '../../examples/model-apis/handler.ts'

const api = setupServer(
  http.post('https://api.openai.com/v1/*', ({ request }) => modelApis(request, AT_ONCE)),
)
beforeAll(() => api.listen({ onUnhandledFrame: 'error' }))
afterAll(() => api.close())

describe('with msw in place of the network', () => {
  it('records the calls of an application under test, whole and streamed', async () => {
    const exporter = memory()
    const tracer = createTracer({ exporters: [exporter] })
    const openai = tracer.wrap(new OpenAI({ apiKey: 'sk-test' }))
    const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'A refund?' }] }
    const reply = await openai.chat.completions.create(request)
    let streamed = ''
    for await (const chunk of await openai.chat.completions.create({ ...request, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? ''
    }
    const content = reply.choices[0]?.message.content
    expect(streamed).toBe(content)
    expect(exporter.records).toMatchObject(
      [1, 2].map(() => ({
        name: 'chat gpt-4o',
        output: { role: 'assistant', content },
        call: { ended: 'complete', provider: 'openai', server: { address: 'api.openai.com' } },
      })),
    )
  })
})
