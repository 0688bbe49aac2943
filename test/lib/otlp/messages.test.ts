import fc from 'fast-check'
import { createTracer, memory, type Choice, type SpanRecord } from 'carrot-trace'
import { langfuseProfile, older, openinference, standard } from 'carrot-trace/otlp'
import { describe, expect, it } from 'vitest'
import { cases } from './conversations.ts'
import { sample, stepOf } from './sample.ts'
import { sent, spanOf, told } from './sent.ts'

const CONTENT = [
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.tool.definitions',
  'carrot.input',
] as const

function asked(input: SpanRecord['input'], call: object = {}): SpanRecord {
  return { ...sample, input: input ?? null, call: { ...sample.call, ...call } }
}

function answered(choices: Choice[]): SpanRecord {
  return { ...sample, call: { ...sample.call, response: { choices } } }
}

async function contentOf(record: SpanRecord) {
  const { attributes } = await spanOf(record)
  const all = told(attributes)
  return CONTENT.map((name) => (name in all ? JSON.parse(String(all[name])) : undefined))
}

describe('the messages of a call', () => {
  it.each(cases)(
    'are read from the request: $name',
    async ({ body, call, system, messages, tools }) => {
      const input: SpanRecord['input'] = JSON.parse(JSON.stringify(body))
      expect(await contentOf(asked(input, call))).toEqual([system, messages, tools, undefined])
    },
  )

  it.each([
    ['embeddings', { input: ['a', 'b'] }],
    ['rerank', { query: 'a', documents: ['b'] }],
    ['moderation', { input: 'a' }],
    ['chat', { something: 'new' }],
  ])(
    'are none where there are none, and the request stands as it is: %s',
    async (operation, body) => {
      expect(await contentOf(asked(body, { operation }))).toEqual([
        undefined,
        undefined,
        undefined,
        body,
      ])
    },
  )

  it('name the conversation where the request does', async () => {
    const { attributes } = await spanOf(
      asked({ input: 'Hi', conversation: { id: 'conv_1' }, previous_response_id: 'resp_0' }),
    )
    expect(told(attributes)).toMatchObject({
      'gen_ai.conversation.id': 'conv_1',
      'gen_ai.request.previous_response.id': 'resp_0',
    })
  })

  it('are what the model answered, choice by choice, with their reasons beside', async () => {
    const { attributes } = await spanOf(answered(CHOICES))
    const { 'gen_ai.output.messages': messages, ...all } = told(attributes)
    expect(JSON.parse(String(messages))).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'tool_call', id: 'c1', name: 'look', arguments: { q: 1 } },
          { type: 'web_search', query: 'cats' },
        ],
      },
      { role: 'assistant', parts: [] },
    ])
    expect(all).toMatchObject({
      'gen_ai.response.finish_reasons': ['tool_call', 'error'],
      'carrot.response.finish_reasons': ['tool_calls', ''],
    })
  })

  it('have the words of before in the profile of before', async () => {
    const input = { messages: [{ role: 'tool', tool_call_id: 'c1', content: 'a cat' }] }
    const { attributes } = await spanOf({ ...answered(CHOICES), input }, { profile: older })
    const { 'gen_ai.input.messages': messages, 'gen_ai.output.messages': answers } =
      told(attributes)
    expect(JSON.parse(String(messages))).toEqual([
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', result: 'a cat' }] },
    ])
    expect(JSON.parse(String(answers))).toMatchObject([
      { finish_reason: 'tool_call' },
      { finish_reason: 'error' },
    ])
  })

  it.each([
    ['full', true, ['gen_ai.input.messages', 'gen_ai.output.messages']],
    ['metadata', false, ['gen_ai.input.messages', 'gen_ai.output.messages']],
    ['off', false, []],
  ] as const)(
    'say as much as was kept, where capture.content is %s',
    async (content, isSaid, names) => {
      const kept = memory()
      const answer = {
        choices: [{ index: 0, message: { role: 'assistant', content: 'my answer' } }],
      }
      const tracer = createTracer({
        exporters: [kept],
        capture: { content },
        fetch: async () => Response.json(answer),
      })
      const body = JSON.stringify({
        model: 'gpt-4o',
        messages: [{ role: 'user', content: 'my question' }],
      })
      await (
        await tracer.fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })
      ).json()
      for (const profile of [standard, openinference, langfuseProfile]) {
        const request = JSON.stringify(await sent(kept.records, { profile }))
        expect([/my question/.test(request), /my answer/.test(request)]).toEqual([isSaid, isSaid])
      }
      const [record = sample] = kept.records
      const { attributes } = await spanOf(record)
      expect(Object.keys(told(attributes)).filter((name) => /messages|put$/.test(name))).toEqual(
        names,
      )
    },
  )

  it('are read from anything at all without a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KEYS), fc.json({ maxDepth: 4 }), async (key, json) => {
        const body: SpanRecord['input'] = {
          [key]: JSON.parse(json),
          messages: key === 'messages' ? JSON.parse(json) : undefined,
        }
        await spanOf(asked(body))
      }),
    )
  })
})

const KEYS = [
  'messages',
  'input',
  'contents',
  'prompt',
  'system',
  'tools',
  'toolConfig',
  'chat_history',
  'conversation',
]

const CHOICES: Choice[] = [
  {
    index: 0,
    message: {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Hm.' },
        { type: 'tool_call', id: 'c1', name: 'look', arguments: { q: 1 } },
        { type: 'other', name: 'web_search', content: { query: 'cats' } },
      ],
    },
    finishReason: 'tool_call',
    finishReasonRaw: 'tool_calls',
  },
  { index: 1, message: { role: 'assistant', parts: [] }, finishReason: null },
]

describe('the content of a step', () => {
  it.each([
    [
      'tool',
      {
        'gen_ai.tool.call.arguments': '{"q":1}',
        'gen_ai.tool.call.result': 'a cat',
        'gen_ai.tool.name': 'look',
      },
    ],
    ['agent', { 'carrot.input': '{"q":1}', 'carrot.output': 'a cat', 'gen_ai.agent.name': 'look' }],
    ['task', { 'carrot.input': '{"q":1}', 'carrot.output': 'a cat' }],
  ] as const)('is of a %s what it was given and what it returned', async (kind, expected) => {
    const { attributes } = await spanOf(stepOf(kind, { input: { q: 1 }, output: 'a cat' }))
    expect(told(attributes)).toMatchObject(expected)
  })
})
