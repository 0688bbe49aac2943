import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { toFineTuning, toRawRecords } from 'carrot-trace/export'
import { describe, expect, it } from 'vitest'
import { chatReply, traced, URLS } from './traced.ts'

const parameters = { type: 'object', properties: { query: { type: 'string' } } }
const search = { name: 'search', description: 'Finds articles.', parameters }
const tools = [{ type: 'function', function: search }]
const call = (id: string, query: string) => ({
  id,
  type: 'function',
  function: { name: 'search', arguments: JSON.stringify({ query }) },
})

/** What all four APIs say in their own words: two tools called, one after another, and an answer. */
const CONVERSATION = {
  messages: [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'A refund?' },
    { role: 'assistant', content: 'Let me look.', tool_calls: [call('call_1', 'refund')] },
    { role: 'tool', tool_call_id: 'call_1', content: '{"found":1}' },
    { role: 'assistant', content: null, tool_calls: [call('call_2', 'days')] },
    { role: 'tool', tool_call_id: 'call_2', content: '{"found":2}' },
    { role: 'assistant', content: 'In three days.' },
  ],
  tools,
}

const chat = {
  model: 'gpt-4o',
  messages: [{ role: 'developer', content: 'Be kind.' }, ...CONVERSATION.messages.slice(1, -1)],
  tools,
}

const responses = {
  model: 'gpt-5',
  instructions: 'Be kind.',
  input: [
    { role: 'user', content: [{ type: 'input_text', text: 'A refund?' }] },
    { type: 'reasoning', id: 'rs_1', summary: [] },
    {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Let me look.' }],
    },
    { type: 'function_call', call_id: 'call_1', name: 'search', arguments: '{"query":"refund"}' },
    { type: 'function_call_output', call_id: 'call_1', output: '{"found":1}' },
    { type: 'function_call', call_id: 'call_2', name: 'search', arguments: '{"query":"days"}' },
    { type: 'function_call_output', call_id: 'call_2', output: '{"found":2}' },
  ],
  tools: [{ type: 'function', ...search }],
}

const anthropic = {
  model: 'claude-sonnet-5',
  max_tokens: 100,
  system: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }],
  messages: [
    { role: 'user', content: 'A refund?' },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Where to look?', signature: 'c2ln' },
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'call_1', name: 'search', input: { query: 'refund' } },
      ],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'call_1', content: '{"found":1}' }],
    },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'call_2', name: 'search', input: { query: 'days' } }],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'call_2',
          content: [{ type: 'text', text: '{"found":2}' }],
        },
      ],
    },
  ],
  tools: [{ name: 'search', description: 'Finds articles.', input_schema: parameters }],
}

const gemini = {
  system_instruction: { parts: [{ text: 'Be kind.' }] },
  contents: [
    { role: 'user', parts: [{ text: 'A refund?' }] },
    {
      role: 'model',
      parts: [
        { text: 'Where to look?', thought: true },
        { text: 'Let me look.' },
        { functionCall: { name: 'search', args: { query: 'refund' } }, thoughtSignature: 'c2ln' },
      ],
    },
    { role: 'user', parts: [{ functionResponse: { name: 'search', response: { found: 1 } } }] },
    { role: 'model', parts: [{ functionCall: { name: 'search', args: { query: 'days' } } }] },
    { role: 'user', parts: [{ functionResponse: { name: 'search', response: { found: 2 } } }] },
  ],
  tools: [
    {
      functionDeclarations: [
        {
          name: 'search',
          description: 'Finds articles.',
          parameters: { type: 'OBJECT', properties: { query: { type: 'STRING' } } },
        },
      ],
    },
  ],
}

const said = (text: string) => ({
  chat: chatReply({ content: text }),
  responses: {
    status: 'completed',
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
  },
  messages: {
    type: 'message',
    model: 'claude-sonnet-5',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
  },
  gemini: { candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }] },
})

const APIS = [
  ['chat', chat],
  ['responses', responses],
  ['messages', anthropic],
  ['gemini', gemini],
] as const

function linesOf(...records: SpanRecord[]): unknown[] {
  const { lines, skipped } = toFineTuning(records)
  expect(skipped).toEqual([])
  return lines.map((line) => JSON.parse(line))
}

describe('toFineTuning', () => {
  it.each(APIS)('gives one conversation one line, whatever the API: %s', async (api, request) => {
    const record = await traced(URLS[api], request, said('In three days.')[api])
    expect(linesOf(record)).toEqual([CONVERSATION])
  })

  it('reads an answer that was streamed as one that was whole', async () => {
    const chunk = (delta: object, finish_reason: string | null = null) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
    const stream =
      chunk({ content: 'In three ' }) + chunk({ content: 'days.' }, 'stop') + 'data: [DONE]\n\n'
    const record = await traced(URLS.chat, { ...chat, stream: true }, stream)
    expect(linesOf(record)).toEqual([CONVERSATION])
  })

  it('keeps the tools that an answer calls, several at once, and names those that have no id', async () => {
    const parts = ['refund', 'days'].map((query) => ({
      functionCall: { name: 'search', args: { query } },
    }))
    const calls = {
      candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
    }
    const record = await traced(
      URLS.gemini,
      { ...gemini, contents: gemini.contents.slice(0, 3) },
      calls,
    )
    expect(linesOf(record)).toEqual([
      {
        messages: [
          ...CONVERSATION.messages.slice(0, 4),
          {
            role: 'assistant',
            content: null,
            tool_calls: [call('call_2', 'refund'), call('call_3', 'days')],
          },
        ],
        tools,
      },
    ])
  })

  it('keeps pictures by their address or by what they are', async () => {
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }
    const text = { type: 'text', text: 'What is it?' }
    const inWords = {
      chat: { messages: [{ role: 'user', content: [text, picture] }] },
      responses: {
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'What is it?' },
              { type: 'input_image', image_url: 'data:image/png;base64,aGk=' },
            ],
          },
        ],
      },
      messages: {
        max_tokens: 9,
        messages: [
          {
            role: 'user',
            content: [
              text,
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
            ],
          },
        ],
      },
      gemini: {
        contents: {
          parts: [{ text: 'What is it?' }, { inlineData: { mimeType: 'image/png', data: 'aGk=' } }],
        },
      },
    }
    for (const [api] of APIS) {
      const inline = { capture: { media: 'inline' } } as const
      const request = { model: 'm', ...inWords[api] }
      const record = await traced(URLS[api], request, said('A cat.')[api], inline)
      expect(linesOf(record)).toEqual([
        {
          messages: [
            { role: 'user', content: [text, picture] },
            { role: 'assistant', content: 'A cat.' },
          ],
        },
      ])
    }
  })

  it('says whether tools may be called at once where the request does', async () => {
    const request = { ...chat, parallel_tool_calls: false }
    const record = await traced(URLS.chat, request, said('In three days.').chat)
    expect(linesOf(record)).toEqual([{ ...CONVERSATION, parallel_tool_calls: false }])
  })

  const { messages } = chat
  const plain = { model: 'gpt-4o', messages: [{ role: 'user', content: 'A refund?' }] }
  const fine = said('In three days.')
  const tooLong = { capture: { maxBytes: 64 } }
  const inside = (type: string, content: object) => ({
    ...plain,
    messages: [{ role: 'user', content: [{ type, ...content }] }],
  })
  const skipped: [reason: string, record: () => Promise<SpanRecord>][] = [
    [
      'it ended as error',
      () => traced(URLS.chat, plain, { error: { message: 'no' } }, { status: 500 }),
    ],
    [
      'it ended as truncated',
      () =>
        traced(
          URLS.chat,
          { ...plain, stream: true },
          'data: {"choices":[{"index":0,"delta":{"content":"In"}}]}\n\n',
        ),
    ],
    [
      'its answer ended by length',
      () => traced(URLS.chat, plain, chatReply({ content: 'In' }, 'length')),
    ],
    [
      'its answer ended by content_filter',
      () => traced(URLS.chat, plain, chatReply({ content: 'In' }, 'content_filter')),
    ],
    [
      'it was cut when it was recorded (capture.maxBytes)',
      () => traced(URLS.chat, chat, fine.chat, tooLong),
    ],
    [
      'its content was not recorded',
      () => traced(URLS.chat, plain, fine.chat, { capture: { content: 'metadata' } }),
    ],
    [
      'its content was not recorded',
      () => traced(URLS.chat, plain, fine.chat, { capture: { content: 'off' } }),
    ],
    [
      'its request was not seen: a stream, which only its receiver may read',
      () => traced(URLS.chat, new Blob([JSON.stringify(plain)]).stream(), fine.chat),
    ],
    [
      'calls of the format openai.embeddings are not read',
      () =>
        traced(
          URLS.embeddings,
          { model: 'm', input: 'text' },
          { data: [{ index: 0, embedding: [1] }] },
        ),
    ],
    [
      'the model refused',
      () => traced(URLS.chat, plain, chatReply({ content: null, refusal: 'No.' })),
    ],
    [
      'its pictures or sound were not recorded (capture.media)',
      () => {
        const url = 'data:image/png;base64,aGk='
        return traced(URLS.chat, inside('image_url', { image_url: { url } }), fine.chat)
      },
    ],
    [
      'its pictures or sound were not recorded (capture.media)',
      () => {
        const data = 'A'.repeat(64)
        const sound = inside('input_audio', { input_audio: { data, format: 'wav' } })
        return traced(URLS.chat, sound, fine.chat, { capture: { media: 'drop' } })
      },
    ],
    ['its answer is empty', () => traced(URLS.chat, plain, chatReply({ content: '' }))],
    [
      'it has 2 answers, a line has one',
      () =>
        traced(
          URLS.chat,
          { ...plain, n: 2 },
          {
            choices: [0, 1].map((index) => ({
              index,
              message: { role: 'assistant', content: 'Hi' },
              finish_reason: 'stop',
            })),
          },
        ),
    ],
    [
      'what came before is kept by the provider, and not in the request',
      () =>
        traced(
          URLS.responses,
          { model: 'm', input: 'And?', previous_response_id: 'resp_1' },
          fine.responses,
        ),
    ],
    [
      'the provider runs the tool "web_search", for which the format has no place',
      () =>
        traced(
          URLS.responses,
          { model: 'm', input: 'News?', tools: [{ type: 'web_search' }] },
          fine.responses,
        ),
    ],
    [
      'the provider runs the tool "web_search", for which the format has no place',
      () =>
        traced(
          URLS.messages,
          { ...anthropic, tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
          fine.messages,
        ),
    ],
    [
      'the provider runs the tool "googleSearch", for which the format has no place',
      () => traced(URLS.gemini, { ...gemini, tools: [{ google_search: {} }] }, fine.gemini),
    ],
    [
      'its answer has a block for which the format has no place',
      () =>
        traced(URLS.gemini, gemini, {
          candidates: [
            {
              content: { parts: [{ text: 'Hi' }, { executableCode: { code: '1' } }] },
              finishReason: 'STOP',
            },
          ],
        }),
    ],
    [
      'it has content of the type "input_audio"',
      () => traced(URLS.chat, inside('input_audio', { input_audio: {} }), fine.chat),
    ],
    [
      'it has content of the kind "fileData"',
      () =>
        traced(
          URLS.gemini,
          { contents: [{ parts: [{ fileData: { fileUri: 'gs://x' } }] }] },
          fine.gemini,
        ),
    ],
    [
      'it has the result of a tool that was not called',
      () =>
        traced(
          URLS.gemini,
          { contents: [{ parts: [{ functionResponse: { name: 'search', response: {} } }] }] },
          fine.gemini,
        ),
    ],
    [
      'it has an item of the type "item_reference"',
      () =>
        traced(
          URLS.responses,
          { model: 'm', input: [{ type: 'item_reference', id: 'x' }] },
          fine.responses,
        ),
    ],
    [
      'it calls a tool that is no function',
      () =>
        traced(
          URLS.chat,
          {
            ...plain,
            messages: [
              ...messages,
              {
                role: 'assistant',
                tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'run', input: 'x' } }],
              },
            ],
          },
          fine.chat,
        ),
    ],
    [
      'it has a message of the role "function"',
      () =>
        traced(
          URLS.chat,
          { ...plain, messages: [{ role: 'function', name: 'search', content: 'x' }] },
          fine.chat,
        ),
    ],
    [
      'it offers functions as they were offered before tools',
      () => traced(URLS.chat, { ...plain, functions: [search] }, fine.chat),
    ],
  ]
  it.each(skipped)(
    'leaves out what cannot be said in full, and says why: %s',
    async (reason, make) => {
      const record = await make()
      const good = await traced(URLS.chat, plain, fine.chat)
      const { lines, skipped } = toFineTuning([record, good])
      expect(skipped).toEqual([{ id: record.id, reason }])
      expect(lines).toHaveLength(1)
    },
  )

  it('passes over steps, and takes of a record that was written twice the newest', async () => {
    const record = await traced(URLS.chat, plain, fine.chat)
    const recorded = memory()
    createTracer({ exporters: [recorded] }).span('answer', () => 42)
    const running: SpanRecord = { ...record, status: 'running', seq: 0 }
    const records = [running, ...recorded.records, record, running]
    expect(toFineTuning(records)).toMatchObject({ lines: [expect.any(String)], skipped: [] })
    expect(toRawRecords(records).map((line) => JSON.parse(line))).toEqual(
      JSON.parse(JSON.stringify([record, ...recorded.records])),
    )
  })
})
