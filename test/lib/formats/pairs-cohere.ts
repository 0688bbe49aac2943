/**
 * Cohere's chat, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const url = 'https://api.cohere.com/v2/chat'
const id = '2b1de636-9884-4973-ba11-108f95a2d37f'
const request = {
  model: 'command-a-03-2025',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 99,
  p: 0.5,
  k: 7,
  stop_sequences: ['END'],
}
const usage = {
  billed_units: { input_tokens: 21, output_tokens: 93 },
  tokens: { input_tokens: 186, output_tokens: 95 },
  cached_tokens: 16,
}
const counted = {
  source: 'provider',
  final: true,
  input: 21,
  output: 93,
  total: 114,
  cacheRead: 16,
  reasoning: null,
}
const start = { id, type: 'message-start', delta: { message: { role: 'assistant' } } }
const end = (finish_reason: string, more: object = { usage }) => ({
  type: 'message-end',
  delta: { finish_reason, ...more },
})
const content = (index: number, piece: object, type = 'content-delta') => ({
  type,
  index,
  delta: { message: { content: piece } },
})
const tools = (index: number, tool_calls: object, type = 'tool-call-delta') => ({
  type,
  index,
  delta: { message: { tool_calls } },
})
const plan = (tool_plan: string) => ({ type: 'tool-plan-delta', delta: { message: { tool_plan } } })
const call = (id: string, name: string, given: string) => ({
  id,
  type: 'function',
  function: { name, arguments: given },
})
const citation = { start: 0, end: 5, text: 'Grüße', sources: [{ type: 'document', id: 'd1' }] }

export const coherePairs: readonly Pair[] = [
  {
    name: 'cohere, thinking, text and citations',
    url,
    request,
    whole: {
      id,
      finish_reason: 'MAX_TOKENS',
      message: {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'A greeting.' },
          { type: 'text', text: 'Grüße 👩‍👩‍👧 שלום' },
        ],
        citations: [citation],
      },
      usage,
    },
    events: [
      start,
      content(0, { type: 'thinking', thinking: '' }, 'content-start'),
      content(0, { thinking: 'A gree' }),
      content(0, { thinking: 'ting.' }),
      { type: 'content-end', index: 0 },
      content(1, { type: 'text', text: '' }, 'content-start'),
      content(1, { text: 'Grüße 👩‍👩' }),
      { type: 'citation-start', index: 0, delta: { message: { citations: citation } } },
      { type: 'citation-end', index: 0 },
      content(1, { text: '‍👧 שלום' }),
      { type: 'content-end', index: 1 },
      { type: 'debug', prompt: 'Hi' },
      end('MAX_TOKENS'),
    ],
    ending: 1,
    done: 'data: [DONE]\n\n',
    output: { role: 'assistant', content: 'Grüße 👩‍👩‍👧 שלום', reasoning: 'A greeting.' },
    usage: counted,
    finish: ['length'],
  },
  {
    name: 'cohere, a plan and its tool calls in pieces, more cached than billed',
    url: 'https://api.cohere.ai/v2/chat',
    request,
    whole: {
      id,
      finish_reason: 'TOOL_CALL',
      message: {
        role: 'assistant',
        tool_plan: 'I will look it up.',
        tool_calls: [call('a', 'weather', '{"city":"Bergen"}'), call('b', 'time', '{}')],
      },
      usage: { ...usage, cached_tokens: 128 },
    },
    events: [
      start,
      plan('I will'),
      plan(' look it up.'),
      tools(0, call('a', 'weather', ''), 'tool-call-start'),
      tools(0, { function: { arguments: '{"city"' } }),
      tools(0, { function: { arguments: ':"Bergen"}' } }),
      { type: 'tool-call-end', index: 0 },
      tools(1, call('b', 'time', ''), 'tool-call-start'),
      tools(1, { function: { arguments: '{}' } }),
      { type: 'tool-call-end', index: 1 },
      end('TOOL_CALL', { usage: { ...usage, cached_tokens: 128 } }),
    ],
    done: '',
    ending: 1,
    output: {
      content: null,
      reasoning: 'I will look it up.',
      tool_calls: [call('a', 'weather', '{"city":"Bergen"}'), call('b', 'time', '{}')],
    },
    usage: { ...counted, cacheRead: null },
    finish: ['tool_call'],
  },
]
