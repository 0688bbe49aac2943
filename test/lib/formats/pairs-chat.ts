/**
 * OpenAI Chat Completions, whole and streamed, and those who speak it in their own way.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }
const head = {
  id: 'chatcmpl-1',
  model: 'gpt-4o-2024-11-20',
  service_tier: 'default',
  system_fingerprint: 'fp_1',
}
const chunk = (choices: object[], more: object = {}) => ({
  ...head,
  object: 'chat.completion.chunk',
  choices,
  ...more,
})
const delta = (delta: object, index = 0, finish_reason: string | null = null) => ({
  index,
  delta,
  finish_reason,
})

const mistral = (delta: object, finish_reason: string | null = null) => ({
  id: 'cmpl-1',
  object: 'chat.completion.chunk',
  model: 'magistral-medium-latest',
  choices: [{ index: 0, delta, finish_reason }],
})

export const chatPairs: readonly Pair[] = [
  {
    name: 'openai, text in many scripts',
    url: 'https://api.openai.com/v1/chat/completions',
    request: chat,
    whole: {
      ...head,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Grüße 👩‍👩‍👧 שלום' },
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 150,
        completion_tokens: 42,
        total_tokens: 192,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    },
    events: [
      chunk([delta({ role: 'assistant', content: '' })]),
      chunk([delta({ content: 'Grü' })]),
      chunk([delta({ content: 'ße 👩‍👩' })]),
      chunk([delta({ content: '‍👧 שלום' })]),
      chunk([delta({}, 0, 'stop')]),
      chunk([], {
        usage: {
          prompt_tokens: 150,
          completion_tokens: 42,
          total_tokens: 192,
          prompt_tokens_details: { cached_tokens: 0 },
        },
      }),
    ],
    done: 'data: [DONE]\n\n',
    output: { role: 'assistant', content: 'Grüße 👩‍👩‍👧 שלום' },
    usage: {
      source: 'provider',
      final: true,
      input: 150,
      output: 42,
      total: 192,
      cacheRead: 0,
      cacheWrite: null,
      reasoning: null,
    },
    finish: ['stop'],
  },
  {
    name: 'openai, tool calls in parallel, in pieces, one with broken arguments',
    url: 'https://my-company.test/llm/v1/chat/completions',
    request: chat,
    whole: {
      ...head,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'call_1',
                type: 'function',
                function: { name: 'search', arguments: '{"q":"a"}' },
              },
              { id: 'call_2', type: 'function', function: { name: 'open', arguments: '{"path":' } },
            ],
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage: {
        prompt_tokens: 20,
        completion_tokens: 9,
        total_tokens: 29,
        completion_tokens_details: { reasoning_tokens: 4 },
      },
    },
    events: [
      chunk([
        delta({
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              index: 0,
              id: 'call_1',
              type: 'function',
              function: { name: 'search', arguments: '' },
            },
          ],
        }),
      ]),
      chunk([
        delta({
          tool_calls: [
            { index: 1, id: 'call_2', type: 'function', function: { name: 'open', arguments: '' } },
          ],
        }),
      ]),
      chunk([delta({ tool_calls: [{ index: 1, function: { arguments: '{"path":' } }] })]),
      chunk([delta({ tool_calls: [{ index: 0, function: { arguments: '{"q":' } }] })]),
      chunk([delta({ tool_calls: [{ index: 0, function: { arguments: '"a"}' } }] })]),
      chunk([delta({}, 0, 'tool_calls')]),
      chunk([], {
        usage: {
          prompt_tokens: 20,
          completion_tokens: 9,
          total_tokens: 29,
          completion_tokens_details: { reasoning_tokens: 4 },
        },
      }),
    ],
    done: 'data: [DONE]\n\n',
    output: {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'search', arguments: '{"q":"a"}' } },
        { id: 'call_2', type: 'function', function: { name: 'open', arguments: '{"path":' } },
      ],
    },
    usage: {
      source: 'provider',
      final: true,
      input: 20,
      output: 9,
      total: 29,
      cacheRead: null,
      cacheWrite: null,
      reasoning: 4,
    },
    finish: ['tool_call'],
  },
  {
    name: 'openai, two choices, one of them filtered, reasoning outside the output',
    url: 'https://api.x.ai/v1/chat/completions',
    request: { ...chat, n: 2 },
    whole: {
      ...head,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', reasoning_content: 'Hm.', content: 'Yes' },
          finish_reason: 'length',
        },
        {
          index: 1,
          message: { role: 'assistant', content: null, refusal: 'No.' },
          finish_reason: 'content_filter',
        },
      ],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 22,
        completion_tokens_details: { reasoning_tokens: 7 },
      },
    },
    events: [
      chunk([
        delta({ role: 'assistant', reasoning_content: 'H' }),
        delta({ role: 'assistant', refusal: 'N' }, 1),
      ]),
      chunk([delta({ refusal: 'o.' }, 1)]),
      chunk([delta({ reasoning_content: 'm.' })]),
      chunk([delta({ content: 'Yes' })]),
      chunk([delta({}, 1, 'content_filter')]),
      chunk([delta({}, 0, 'length')], {
        usage: {
          prompt_tokens: 10,
          completion_tokens: 5,
          total_tokens: 22,
          completion_tokens_details: { reasoning_tokens: 7 },
        },
      }),
    ],
    done: '',
    output: {
      choices: [
        { role: 'assistant', content: 'Yes', reasoning: 'Hm.' },
        { role: 'assistant', content: null, refusal: 'No.' },
      ],
    },
    usage: {
      source: 'provider',
      final: true,
      input: 10,
      output: 12,
      total: 22,
      cacheRead: null,
      cacheWrite: null,
      reasoning: 7,
    },
    finish: ['length', 'content_filter'],
  },
  {
    name: 'mistral, thinking and text as parts',
    url: 'https://api.mistral.ai/v1/chat/completions',
    request: { ...chat, model: 'magistral-medium-latest' },
    whole: {
      id: 'cmpl-1',
      object: 'chat.completion',
      created: 1_763_942_400,
      model: 'magistral-medium-latest',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: [{ type: 'text', text: 'Let me see.' }] },
              { type: 'text', text: 'Yes.' },
            ],
          },
          finish_reason: 'model_length',
        },
      ],
      usage: { prompt_tokens: 8, completion_tokens: 6, total_tokens: 14 },
    },
    events: [
      mistral({ role: 'assistant', content: '' }),
      mistral({
        content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Let me ' }] }],
      }),
      mistral({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'see.' }] }] }),
      mistral({ content: 'Ye' }),
      mistral({ content: [{ type: 'text', text: 's.' }] }),
      {
        ...mistral({ content: '' }, 'model_length'),
        usage: { prompt_tokens: 8, completion_tokens: 6, total_tokens: 14 },
      },
    ],
    ending: 1,
    done: 'data: [DONE]\n\n',
    output: { role: 'assistant', content: 'Yes.', reasoning: 'Let me see.' },
    usage: { source: 'provider', final: true, input: 8, output: 6, total: 14, cacheRead: null },
    finish: ['length'],
  },
  {
    name: 'openai, a function call of old, without usage',
    url: 'https://llm.test/openai/deployments/gpt-35/chat/completions?api-version=2023-07-01',
    request: { messages: chat.messages },
    whole: {
      ...head,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            function_call: { name: 'search', arguments: '{"q":"a"}' },
          },
          finish_reason: 'function_call',
        },
      ],
    },
    events: [
      chunk([
        delta({
          role: 'assistant',
          content: null,
          function_call: { name: 'search', arguments: '' },
        }),
      ]),
      chunk([delta({ function_call: { arguments: '{"q":' } })]),
      chunk([delta({ function_call: { arguments: '"a"}' } })]),
      chunk([delta({}, 0, 'function_call')]),
    ],
    done: 'data: [DONE]\n\n',
    output: {
      role: 'assistant',
      content: null,
      tool_calls: [{ type: 'function', function: { name: 'search', arguments: '{"q":"a"}' } }],
    },
    usage: { source: 'absent', final: false, input: null, output: null, total: null },
    finish: ['tool_call'],
  },
]
