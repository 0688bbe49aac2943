/**
 * Ollama's chat and generation, whole and a line at a time.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const head = { model: 'qwen3:8b', created_at: '2026-01-01T00:00:00.000000Z' }
const durations = {
  total_duration: 174_560_334,
  load_duration: 101_397_084,
  prompt_eval_duration: 13_074_791,
  eval_duration: 52_479_709,
}
const counts = { prompt_eval_count: 11, eval_count: 18, ...durations }
const last = (more: object, done_reason = 'stop') => ({ ...head, ...more, done: true, done_reason })
const part = (more: object) => ({ ...head, ...more, done: false })
const message = (content: string, more: object = {}) => ({
  message: { role: 'assistant', content, ...more },
})
const usage = {
  source: 'provider',
  final: true,
  input: 11,
  output: 18,
  total: 29,
  cacheRead: null,
  reasoning: null,
}
const call = (name: string, given: object) => ({ function: { name, arguments: given } })
const chat = { model: 'qwen3', messages: [{ role: 'user', content: 'Hi' }] }
const url = 'http://localhost:11434/api/chat'
const picture = `${'iVBORw0KGgo'.repeat(9_000)}==`

const pairs: readonly Omit<Pair, 'lines' | 'ending' | 'done'>[] = [
  {
    name: 'ollama, thinking and text in many scripts',
    url,
    request: { ...chat, think: true },
    whole: {
      ...last(message('Grüße 👩‍👩‍👧 שלום', { thinking: 'A greeting.\n' }), 'length'),
      ...counts,
    },
    events: [
      part(message('', { thinking: 'A gree' })),
      part(message('', { thinking: 'ting.\n' })),
      part(message('Grüße 👩‍👩')),
      part(message('‍👧 שלום')),
      { ...last(message(''), 'length'), ...counts },
    ],
    output: { role: 'assistant', content: 'Grüße 👩‍👩‍👧 שלום', reasoning: 'A greeting.\n' },
    usage,
    finish: ['length'],
  },
  {
    name: 'ollama, tool calls without ids, of one name, the prompt in the cache',
    url: 'https://ollama.com/api/chat',
    request: chat,
    whole: {
      ...last(
        message('', {
          tool_calls: [
            call('weather', { city: 'Bergen' }),
            call('weather', { city: 'Zürich', days: [1, 2] }),
            { id: 'call_7', ...call('stop', {}) },
          ],
        }),
      ),
      ...durations,
      eval_count: 18,
    },
    events: [
      part(message('', { tool_calls: [call('weather', { city: 'Bergen' })] })),
      part(
        message('', {
          tool_calls: [
            call('weather', { city: 'Zürich', days: [1, 2] }),
            { id: 'call_7', ...call('stop', {}) },
          ],
        }),
      ),
      { ...last(message('')), ...durations, eval_count: 18 },
    ],
    output: {
      content: null,
      tool_calls: [
        {
          id: null,
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Bergen"}' },
        },
        {
          id: null,
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Zürich","days":[1,2]}' },
        },
        { id: 'call_7', type: 'function', function: { name: 'stop', arguments: '{}' } },
      ],
    },
    usage: { source: 'provider', input: null, output: 18, total: null },
    finish: ['tool_call'],
  },
  {
    name: 'ollama generation',
    url: 'http://localhost:11434/api/generate',
    request: { model: 'qwen3', prompt: 'Once', system: 'Be brief.' },
    whole: {
      ...last({ response: ' upon a time.', thinking: 'A tale.', context: [1, 2, 3] }),
      ...counts,
    },
    events: [
      part({ response: '', thinking: 'A ta' }),
      part({ response: '', thinking: 'le.' }),
      part({ response: ' upon' }),
      part({ response: ' a time.' }),
      { ...last({ response: '', context: [1, 2, 3] }), ...counts },
    ],
    output: { role: 'assistant', content: ' upon a time.', reasoning: 'A tale.' },
    usage,
    finish: ['stop'],
  },
  {
    name: 'ollama generation of an image',
    url: 'http://localhost:11434/api/generate',
    request: { model: 'x/z-image', prompt: 'An otter', width: 1024, height: 1024 },
    whole: { ...last({ response: '', image: picture }), ...counts },
    events: [
      part({ completed: 1, total: 9 }),
      part({ completed: 9, total: 9 }),
      { ...last({ response: '', image: picture }), ...counts },
    ],
    output: { content: null, blocks: [{ type: 'image', bytes: 74_250 }] },
    usage,
    finish: ['stop'],
  },
]

export const ollamaPairs: readonly Pair[] = pairs.map((pair) => ({
  ...pair,
  lines: true,
  ending: 1,
  done: '',
}))
