import { createTracer } from 'carrot-trace'
import { matchers, memory, type TraceMatchers } from 'carrot-trace/testing'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, it } from 'vitest'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends TraceMatchers<R> {}
}
expect.extend(matchers)

const api = setupServer(
  http.post('https://api.openai.com/v1/chat/completions', () =>
    HttpResponse.json({
      model: 'gpt-4o-2024-11-20',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'In 3 days.' }, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
    }),
  ),
)
beforeAll(() => api.listen())
afterAll(() => api.close())

it('answers from the knowledge base with one cheap call', async () => {
  const recorded = memory()
  const tracer = createTracer({ exporters: [recorded] })
  const openai = tracer.wrap(new OpenAI({ apiKey: 'sk-test' }))

  await tracer.span('answer', async (s) => {
    const article = s.span('search', () => 'Refunds take 3 days.')
    const messages = [{ role: 'user' as const, content: `${article} When do I get my refund?` }]
    await s.wrap(openai).chat.completions.create({ model: 'gpt-4o', messages })
  })

  expect(recorded).toHaveTree(['answer', ['search', 'chat gpt-4o']])
  expect(recorded).toHaveCall({
    model: 'gpt-4o',
    provider: 'openai',
    output: { content: /3 days/ },
  })
  expect(recorded).toHaveUsedTokens({ atMost: 100 })
  expect(recorded).toHaveEndedAs('complete')
})
