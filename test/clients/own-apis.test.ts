import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { createTracer, memory, type Tracer } from 'carrot-trace'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import { describe, expect, inject, it } from 'vitest'

const api = `${inject('apis')}/own-apis-test/well`

/** What the application was given, and the one record of it. */
async function traced<Given>(work: (tracer: Tracer) => Promise<Given>) {
  const exporter = memory()
  const given = await work(createTracer({ exporters: [exporter] }))
  const [record, ...others] = exporter.records
  if (!record || others.length > 0) throw new Error('There is no record, or several.')
  expect(record).toMatchObject({ status: 'success', call: { ended: 'complete' } })
  return { given, record }
}

const messages = [{ role: 'user' as const, content: 'Hi' }]
const tools = [
  { type: 'function' as const, function: { name: 'weather', description: '', parameters: {} } },
]

describe('what the record says is what the ollama client gives', () => {
  const ollama = ({ fetch }: Tracer) => new Ollama({ host: `${api}/ollama`, fetch })

  it.each([{ tools: [] }, { tools }])('for a chat with $tools.length tools', async ({ tools }) => {
    const asked = { model: 'gemma3', messages, tools }
    const whole = await traced((tracer) => ollama(tracer).chat(asked))
    const { message, done_reason, prompt_eval_count, eval_count } = whole.given
    const streamed = await traced(async (tracer) => {
      let text = ''
      for await (const part of await ollama(tracer).chat({ ...asked, stream: true }))
        text += part.message.content
      return text
    })
    expect(streamed.given).toBe(message.content)
    for (const { record } of [whole, streamed]) {
      expect(record).toMatchObject({
        name: 'chat gemma3',
        output: {
          content: message.content || null,
          ...(message.tool_calls && {
            tool_calls: message.tool_calls.map(({ function: { name, arguments: given } }) => ({
              function: { name, arguments: JSON.stringify(given) },
            })),
          }),
        },
        call: {
          provider: 'ollama',
          response: { choices: [{ finishReasonRaw: done_reason }] },
          usage: { input: prompt_eval_count, output: eval_count },
        },
      })
    }
  })

  it('for embeddings', async () => {
    const { given, record } = await traced((tracer) =>
      ollama(tracer).embed({ model: 'gemma3', input: ['a', 'b'] }),
    )
    expect(record.call).toMatchObject({
      response: {
        model: given.model,
        outputCount: given.embeddings.length,
        dimensions: given.embeddings[0]?.length,
      },
      usage: { input: given.prompt_eval_count, output: null },
    })
  })
})

describe('what the record says is what the cohere client gives', () => {
  const cohere = ({ fetch }: Tracer) =>
    new CohereClientV2({ token: 'sk-test', baseUrl: `${api}/cohere`, fetch })

  it.each([{ tools: [] }, { tools }])('for a chat with $tools.length tools', async ({ tools }) => {
    const asked = { model: 'command-a-03-2025', messages, tools }
    const whole = await traced((tracer) => cohere(tracer).chat(asked))
    const streamed = await traced(async (tracer) => {
      const types: string[] = []
      for await (const { type } of await cohere(tracer).chatStream(asked)) types.push(type)
      return types
    })
    const { id, message, finishReason, usage } = whole.given
    const [part] = message.content ?? []
    expect(streamed.given.at(-1)).toBe('message-end')
    for (const { record } of [whole, streamed]) {
      expect(record).toMatchObject({
        name: 'chat command-a-03-2025',
        output: {
          content: part?.type === 'text' ? part.text : null,
          ...(message.toolPlan && { reasoning: message.toolPlan }),
          ...(message.toolCalls && { tool_calls: message.toolCalls }),
        },
        call: {
          provider: 'cohere',
          response: { id, choices: [{ finishReasonRaw: finishReason }] },
          usage: {
            input: usage?.billedUnits?.inputTokens,
            output: usage?.billedUnits?.outputTokens,
          },
        },
      })
    }
  })

  it('for a ranking', async () => {
    const { given, record } = await traced((tracer) =>
      cohere(tracer).rerank({ model: 'rerank-v3.5', query: 'a', documents: ['a', 'b'] }),
    )
    const results = given.results.map(({ index, relevanceScore }) => ({
      index,
      relevance_score: relevanceScore,
    }))
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'ranking', results }] },
      call: {
        request: { inputCount: 2 },
        response: { outputCount: results.length },
        usage: { searchUnits: given.meta?.billedUnits?.searchUnits },
      },
    })
  })
})

describe('what the record says is what the mistral client gives', () => {
  const mistral = ({ fetch }: Tracer) =>
    new Mistral({
      apiKey: 'sk-test',
      serverURL: `${api}/mistral`,
      httpClient: new HTTPClient({ fetcher: (input, init) => fetch(input, init) }),
    })

  it('for a conversation', async () => {
    const asked = { model: 'mistral-small-latest', inputs: 'Hi' }
    const whole = await traced((tracer) => mistral(tracer).beta.conversations.start(asked))
    const streamed = await traced(async (tracer) => {
      const types: string[] = []
      for await (const { data } of await mistral(tracer).beta.conversations.startStream(asked))
        types.push(data.type)
      return types
    })
    const [output] = whole.given.outputs
    expect(streamed.given.at(-1)).toBe('conversation.response.done')
    for (const { record } of [whole, streamed]) {
      expect(record).toMatchObject({
        name: 'chat mistral-small-latest',
        output: { content: output?.type === 'message.output' ? output.content : null },
        call: {
          format: 'mistral.conversations',
          response: { id: whole.given.conversationId },
          usage: {
            input: whole.given.usage.promptTokens,
            output: whole.given.usage.completionTokens,
          },
        },
      })
    }
  })
})
