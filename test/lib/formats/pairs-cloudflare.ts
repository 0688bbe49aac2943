/**
 * Workers AI and Vercel's gateway, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const REST = 'https://api.cloudflare.com/client/v4/accounts/a1/ai/run'
const LLAMA = '@cf/meta/llama-3.3-70b-instruct-fp8-fast'
const GATEWAY = 'https://gateway.ai.cloudflare.com/v1/a1/my-gateway'

const messages = [{ role: 'user', content: 'Hi' }]
const wrapped = (result: object) => ({ result, success: true, errors: [], messages: [] })
const usage = { prompt_tokens: 21, completion_tokens: 9, total_tokens: 30, neurons: 1.5 }
const counted = {
  source: 'provider',
  final: true,
  input: 21,
  output: 9,
  total: 30,
  cacheRead: null,
  reasoning: null,
}
const said = (response: unknown, more: object = {}) => ({ response, p: 'abcdefgh', ...more })

export const cloudflarePairs: readonly Pair[] = [
  {
    name: 'workers ai, its own form, with pieces that are no text',
    url: `${REST}/${LLAMA}`,
    request: { messages, stream: true, max_tokens: 9 },
    whole: wrapped({ response: 'Grüße: 42 true 👩‍👩‍👧', usage }),
    events: [
      said('Grüße: '),
      said(42),
      said(' '),
      said(true),
      said(null),
      said(' 👩‍👩'),
      said('‍👧'),
      said('', { usage }),
    ],
    ending: 1,
    done: 'data: [DONE]\n\n',
    output: { role: 'assistant', content: 'Grüße: 42 true 👩‍👩‍👧' },
    usage: counted,
    finish: [null],
  },
  {
    name: 'workers ai by its gateway, tools in its own form',
    url: `${GATEWAY}/workers-ai/@hf/nousresearch/hermes-2-pro-mistral-7b`,
    request: { prompt: 'Hi', stream: true },
    whole: wrapped({
      response: null,
      tool_calls: [{ name: 'weather', arguments: { city: 'Bergen' } }],
      usage,
    }),
    events: [
      said('', { tool_calls: [] }),
      said(null, { tool_calls: [{ name: 'weather', arguments: { city: 'Bergen' } }] }),
      said('', { usage }),
    ],
    ending: 1,
    done: 'data: [DONE]\n\n',
    output: {
      content: null,
      tool_calls: [
        {
          id: null,
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Bergen"}' },
        },
      ],
    },
    usage: counted,
    finish: [null],
  },
  {
    name: 'workers ai, OpenAI’s form, each event with counts of its own',
    url: `${REST}/%40cf/openai/gpt-oss-120b`,
    request: { messages, stream: true },
    whole: wrapped({
      id: 'chatcmpl-1',
      model: '@cf/openai/gpt-oss-120b',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello', reasoning_content: 'A greeting.' },
          finish_reason: 'stop',
        },
      ],
      usage,
    }),
    events: [
      { reasoning_content: 'A greeting.' },
      { content: 'Hel' },
      { content: 'lo' },
      { content: '' },
    ]
      .map((delta, at): object => ({
        id: 'chatcmpl-1',
        model: '@cf/openai/gpt-oss-120b',
        choices: [{ index: 0, delta, finish_reason: at === 3 ? 'stop' : null }],
        usage: { prompt_tokens: at === 0 ? 21 : 0, completion_tokens: 2, total_tokens: 2 },
      }))
      .concat(said('', { usage })),
    ending: 2,
    done: 'data: [DONE]\n\n',
    output: { content: 'Hello', reasoning: 'A greeting.' },
    usage: counted,
    finish: ['stop'],
  },
  {
    name: 'vercel, reasoning, text, tools and a picture',
    url: 'https://ai-gateway.vercel.sh/v4/ai/language-model',
    request: { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] },
    whole: {
      content: [
        { type: 'reasoning', text: 'Let me see.' },
        { type: 'text', text: 'I look 🔎' },
        { type: 'tool-call', toolCallId: 't1', toolName: 'search', input: '{"q":"ä","limit":3}' },
        { type: 'tool-call', toolCallId: 't2', toolName: 'now', input: '{}' },
        { type: 'file', mediaType: 'image/png', data: `iVBORw${'A'.repeat(394)}` },
        { type: 'source', sourceType: 'url', id: 's1', url: 'https://x.test' },
      ],
      finishReason: { unified: 'tool-calls', raw: 'tool_use' },
      usage: {
        inputTokens: { total: 21, noCache: 5, cacheRead: 12, cacheWrite: 4 },
        outputTokens: { total: 9, text: 6, reasoning: 3 },
      },
      response: { id: 'gen_1', modelId: 'anthropic/claude-sonnet-4.5' },
      warnings: [],
    },
    events: [
      { type: 'stream-start', warnings: [] },
      { type: 'response-metadata', id: 'gen_1', modelId: 'anthropic/claude-sonnet-4.5' },
      { type: 'reasoning-start', id: '0' },
      { type: 'reasoning-delta', id: '0', delta: 'Let me ' },
      { type: 'reasoning-delta', id: '0', delta: 'see.' },
      { type: 'reasoning-end', id: '0' },
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'I look ' },
      { type: 'ping' },
      { type: 'text-delta', id: '0', delta: '🔎' },
      { type: 'text-end', id: '0' },
      { type: 'tool-input-start', id: 't1', toolName: 'search' },
      { type: 'tool-input-delta', id: 't1', delta: '{"q":"ä",' },
      { type: 'tool-input-delta', id: 't1', delta: '"limit":3}' },
      { type: 'tool-input-end', id: 't1' },
      {
        type: 'tool-call',
        toolCallId: 't1',
        toolName: 'search',
        input: '{"q":"ä","limit":3}',
      },
      { type: 'tool-call', toolCallId: 't2', toolName: 'now', input: '{}' },
      { type: 'raw', rawValue: { text: 'as it came' } },
      { type: 'file', mediaType: 'image/png', data: `iVBORw${'A'.repeat(394)}` },
      { type: 'source', sourceType: 'url', id: 's1', url: 'https://x.test' },
      {
        type: 'finish',
        finishReason: { unified: 'tool-calls', raw: 'tool_use' },
        usage: {
          inputTokens: { total: 21, noCache: 5, cacheRead: 12, cacheWrite: 4 },
          outputTokens: { total: 9, text: 6, reasoning: 3 },
        },
      },
    ],
    ending: 1,
    done: '',
    output: {
      content: 'I look 🔎',
      reasoning: 'Let me see.',
      tool_calls: [
        {
          id: 't1',
          type: 'function',
          function: { name: 'search', arguments: '{"q":"ä","limit":3}' },
        },
        { id: 't2', type: 'function', function: { name: 'now', arguments: '{}' } },
      ],
      blocks: [{ type: 'image', format: 'image/png', bytes: 300 }],
    },
    usage: { ...counted, cacheRead: 12, cacheWrite: 4, reasoning: 3 },
    finish: ['tool_call'],
  },
]
