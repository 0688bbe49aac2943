/**
 * OpenAI Chat Completions at their edges: the smallest answer, zeros, strange characters, sound, many
 * choices, many tools, refusals.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const url = 'https://api.openai.com/v1/chat/completions'
const request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }
const done = 'data: [DONE]\n\n'

const none = { source: 'absent', final: false, input: null, output: null, total: null }
const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 }
const counted = { source: 'provider', final: true, input: 9, output: 4, total: 13 }

const piece = (delta: object, finish_reason: string | null = null, index = 0) => ({
  choices: [{ index, delta, finish_reason }],
})
const tool = (index: number, name: string, given: string) => ({
  id: `call_${index}`,
  type: 'function',
  function: { name, arguments: given },
})
const toolPiece = (index: number, more: object) => piece({ tool_calls: [{ index, ...more }] })

/** A tool call in pieces of three characters. */
const arguments30 = JSON.stringify({ text: 'x'.repeat(79) })
const EIGHT = [3, 0, 7, 1, 6, 2, 5, 4]
const inOrder = EIGHT.toSorted().map((index) => tool(index, `f${index}`, `{"n":${index}}`))
const PICTURES = [
  { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(400)}` } },
  { type: 'image_url', image_url: { url: 'https://files.test/a.png?signature=c2ln' } },
]
const SEARCHED = { index: 0, type: 'search', arguments: '{"query":"x"}' }
const STRANGE = '\u0000 \ud83d \u202eשלום\u202c 👩‍👩‍👧‍👦 \\ "'

export const cornerPairs: readonly Pair[] = [
  {
    name: 'openai, the smallest answer',
    url,
    request,
    whole: { choices: [{ message: { content: 'A' }, finish_reason: 'stop' }] },
    events: [piece({ content: 'A' }), piece({}, 'stop')],
    ending: 1,
    done: '',
    output: { role: 'assistant', content: 'A' },
    usage: none,
    finish: ['stop'],
  },
  {
    name: 'openai, details that are all zero',
    url,
    request,
    whole: {
      choices: [{ index: 0, message: { content: 'A' }, finish_reason: 'length' }],
      usage: {
        prompt_tokens: 0,
        completion_tokens: 0,
        total_tokens: 0,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0, cache_write_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
      },
    },
    events: [
      piece({ content: 'A' }),
      piece({}, 'length'),
      {
        choices: [],
        usage: {
          prompt_tokens: 0,
          completion_tokens: 0,
          total_tokens: 0,
          prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0, cache_write_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
        },
      },
    ],
    ending: 2,
    done,
    output: { content: 'A' },
    usage: {
      source: 'provider',
      final: true,
      input: 0,
      output: 0,
      total: 0,
      cacheRead: 0,
      cacheWrite: 0,
      cacheWrite1h: null,
      reasoning: 0,
      audioInput: 0,
      audioOutput: 0,
    },
    finish: ['length'],
  },
  {
    name: 'openai, strange characters',
    url,
    request,
    whole: {
      choices: [{ index: 0, message: { content: STRANGE }, finish_reason: 'stop' }],
      usage,
    },
    events: [
      ...Array.from(STRANGE, (content) => piece({ content })),
      piece({}, 'stop'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: { content: STRANGE },
    usage: counted,
    finish: ['stop'],
  },
  {
    name: 'openai, said aloud',
    url,
    request: {
      ...request,
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
    },
    whole: {
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            audio: {
              id: 'audio_1',
              data: 'A'.repeat(800),
              transcript: 'Hello there',
              expires_at: 1_729_018_505,
            },
          },
          finish_reason: 'stop',
        },
      ],
      usage: { ...usage, completion_tokens_details: { text_tokens: 1, audio_tokens: 3 } },
    },
    events: [
      piece({ role: 'assistant', audio: { id: 'audio_1', transcript: 'Hello' } }),
      piece({ audio: { id: 'audio_1', data: 'A'.repeat(400) } }),
      piece({ audio: { transcript: ' there' } }),
      piece({ audio: { data: 'A'.repeat(400) } }),
      piece({ audio: { expires_at: 1_729_018_505 } }),
      piece({}, 'stop'),
      {
        choices: [],
        usage: { ...usage, completion_tokens_details: { text_tokens: 1, audio_tokens: 3 } },
      },
    ],
    ending: 2,
    done,
    output: {
      content: 'Hello there',
      blocks: [{ type: 'audio', id: 'audio_1', bytes: 600 }],
    },
    usage: { ...counted, textOutput: 1, audioOutput: 3 },
    finish: ['stop'],
  },
  {
    name: 'openai, four choices with their probabilities, two in one event',
    url,
    request: { ...request, n: 4, logprobs: true },
    whole: {
      choices: [0, 1, 2, 3].map((index) => ({
        index,
        message: { role: 'assistant', content: `Nr ${index}` },
        logprobs: { content: [{ token: 'Nr', logprob: -0.1, top_logprobs: [] }] },
        finish_reason: index === 2 ? 'content_filter' : 'stop',
      })),
      usage,
    },
    events: [
      piece({ content: 'Nr 3' }, null, 3),
      piece({ content: 'Nr ' }, null, 1),
      {
        choices: [0, 2].map((index) => ({
          index,
          delta: { content: `Nr ${index}` },
          logprobs: { content: [{ token: 'Nr', logprob: -0.1, top_logprobs: [] }] },
          finish_reason: null,
        })),
      },
      piece({ content: '1' }, null, 1),
      ...[1, 0, 3, 2].map((index) => piece({}, index === 2 ? 'content_filter' : 'stop', index)),
      { choices: [], usage },
    ],
    ending: 5,
    done,
    output: {
      choices: [0, 1, 2, 3].map((index) => ({ role: 'assistant', content: `Nr ${index}` })),
    },
    usage: counted,
    finish: ['stop', 'stop', 'content_filter', 'stop'],
  },
  {
    name: 'openai, one tool call in thirty pieces',
    url,
    request,
    whole: {
      choices: [
        {
          index: 0,
          message: { content: null, tool_calls: [tool(0, 'write', arguments30)] },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    },
    events: [
      toolPiece(0, { id: 'call_0', type: 'function', function: { name: 'write', arguments: '' } }),
      ...(arguments30.match(/.{1,3}/g) ?? []).map((given) =>
        toolPiece(0, { function: { arguments: given } }),
      ),
      piece({}, 'tool_calls'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: { content: null, tool_calls: [tool(0, 'write', arguments30)] },
    usage: counted,
    finish: ['tool_call'],
  },
  {
    name: 'openai, eight tool calls out of order, mixed with each other',
    url,
    request,
    whole: {
      choices: [
        {
          index: 0,
          message: {
            content: null,
            tool_calls: inOrder,
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    },
    events: [
      ...EIGHT.map((index) =>
        toolPiece(index, {
          id: `call_${index}`,
          type: 'function',
          function: { name: `f${index}`, arguments: '{"n"' },
        }),
      ),
      ...EIGHT.toReversed().map((index) =>
        toolPiece(index, { function: { arguments: `:${index}}` } }),
      ),
      piece({}, 'tool_calls'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: {
      content: null,
      tool_calls: inOrder,
    },
    usage: counted,
    finish: ['tool_call'],
  },
  {
    name: 'openai’s form, two tool calls that tell no index',
    url: 'https://my-company.test/llm/v1/chat/completions',
    request,
    whole: {
      choices: [
        {
          message: {
            content: null,
            tool_calls: [tool(0, 'f', '{"x":1}'), tool(1, 'g', '{"y":2}')],
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    },
    events: [
      piece({ tool_calls: [tool(0, 'f', '{"x":1}')] }),
      piece({ tool_calls: [tool(1, 'g', '{"y"')] }),
      piece({ tool_calls: [{ function: { arguments: ':2}' } }] }),
      piece({}, 'tool_calls'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: { content: null, tool_calls: [tool(0, 'f', '{"x":1}'), tool(1, 'g', '{"y":2}')] },
    usage: counted,
    finish: ['tool_call'],
  },
  {
    name: 'openai, a tool that takes text',
    url,
    request,
    whole: {
      choices: [
        {
          index: 0,
          message: {
            content: null,
            tool_calls: [
              { id: 'call_1', type: 'custom', custom: { name: 'shell', input: 'ls "a b"' } },
            ],
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    },
    events: [
      toolPiece(0, { id: 'call_1', type: 'custom', custom: { name: 'shell', input: '' } }),
      toolPiece(0, { custom: { input: 'ls "a' } }),
      toolPiece(0, { custom: { input: ' b"' } }),
      piece({}, 'tool_calls'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: {
      content: null,
      tool_calls: [{ id: 'call_1', function: { name: 'shell', arguments: 'ls "a b"' } }],
    },
    usage: counted,
    finish: ['tool_call'],
  },
  {
    name: 'openrouter, pictures, one of them at an address that is signed',
    url: 'https://openrouter.ai/api/v1/chat/completions',
    request,
    whole: {
      choices: [{ message: { content: 'Here.', images: PICTURES }, finish_reason: 'stop' }],
      usage,
    },
    events: [
      piece({ content: 'Here.' }),
      piece({ images: PICTURES }),
      piece({}, 'stop'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: {
      content: 'Here.',
      blocks: [
        { type: 'image', format: 'image/png', bytes: 300 },
        { type: 'image', url: 'https://files.test/a.png' },
      ],
    },
    usage: counted,
    finish: ['stop'],
  },
  {
    name: 'groq, a tool that it runs itself',
    url: 'https://api.groq.com/openai/v1/chat/completions',
    request,
    whole: {
      choices: [
        {
          message: { content: 'Found.', executed_tools: [{ ...SEARCHED, output: 'A page' }] },
          finish_reason: 'stop',
        },
      ],
      usage,
    },
    events: [
      piece({ executed_tools: [SEARCHED] }),
      piece({ executed_tools: [{ ...SEARCHED, output: 'A page' }] }),
      piece({ content: 'Found.' }),
      { ...piece({}, 'stop'), x_groq: { id: 'r', usage } },
    ],
    ending: 1,
    done,
    output: { content: 'Found.', blocks: [{ ...SEARCHED, output: 'A page' }] },
    usage: counted,
    finish: ['stop'],
  },
  {
    name: 'moonshot, its counts in a choice',
    url: 'https://api.moonshot.ai/v1/chat/completions',
    request,
    whole: { choices: [{ message: { content: 'A' }, finish_reason: 'stop' }], usage },
    events: [
      piece({ content: 'A' }),
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] },
    ],
    ending: 1,
    done,
    output: { content: 'A' },
    usage: counted,
    finish: ['stop'],
  },
  {
    name: 'openai, a refusal',
    url,
    request,
    whole: {
      choices: [
        {
          index: 0,
          message: { content: null, refusal: 'I can’t do that.' },
          finish_reason: 'stop',
        },
      ],
      usage,
    },
    events: [
      piece({ role: 'assistant', content: null, refusal: '' }),
      piece({ refusal: 'I can’t' }),
      piece({ refusal: ' do that.' }),
      piece({}, 'stop'),
      { choices: [], usage },
    ],
    ending: 2,
    done,
    output: { content: null, refusal: 'I can’t do that.' },
    usage: counted,
    finish: ['stop'],
  },
]
