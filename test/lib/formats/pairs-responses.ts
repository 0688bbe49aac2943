/**
 * OpenAI Responses, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'
import { events, whole, type Reply } from './responses.ts'

const message = (...content: object[]) => ({
  type: 'message',
  id: 'msg_1',
  status: 'completed',
  role: 'assistant',
  content,
})
const text = (text: string) => ({ type: 'output_text', text, annotations: [] })
const usage = (input: number, cached: number, output: number, reasoning: number) => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: input + output,
})
const counted = { source: 'provider', final: true, cacheWrite: 0, cacheWrite1h: null }

function pair(
  name: string,
  reply: Reply,
  expected: Pick<Pair, 'output' | 'usage' | 'finish'> & { url?: string },
): Pair {
  return {
    name: `openai responses, ${name}`,
    url: 'https://api.openai.com/v1/responses',
    request: { model: 'gpt-5.4', input: 'Hi' },
    whole: whole(reply),
    events: events(reply),
    done: '',
    ...expected,
  }
}

export const responsePairs: readonly Pair[] = [
  pair(
    'reasoning in a summary, then text in many scripts; details that are 0',
    {
      status: 'completed',
      output: [
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [
            { type: 'summary_text', text: '**Greeting** in turn. ' },
            { type: 'summary_text', text: 'Then 👋.' },
          ],
          encrypted_content: 'gAAAAABsecretsecret',
        },
        message(text('Grüße 👩‍👩‍👧 שלום'), text(' Und mehr.')),
      ],
      usage: usage(36, 0, 87, 0),
    },
    {
      output: {
        role: 'assistant',
        content: 'Grüße 👩‍👩‍👧 שלום Und mehr.',
        reasoning: '**Greeting** in turn. Then 👋.',
      },
      usage: { ...counted, input: 36, cacheRead: 0, output: 87, reasoning: 0, total: 123 },
      finish: ['stop'],
    },
  ),
  pair(
    'a search by the server, functions and a custom tool',
    {
      status: 'completed',
      output: [
        {
          type: 'web_search_call',
          id: 'ws_1',
          status: 'completed',
          action: { type: 'search', query: 'weather', queries: ['weather'] },
        },
        {
          type: 'function_call',
          id: 'fc_1',
          call_id: 'call_1',
          name: 'get_weather',
          arguments: '{"location":"Bergen, NO","unit":"C"}',
          status: 'completed',
        },
        {
          type: 'function_call',
          id: 'fc_2',
          call_id: 'call_2',
          name: 'now',
          arguments: '{}',
          status: 'completed',
        },
        {
          type: 'custom_tool_call',
          id: 'ctc_1',
          call_id: 'call_3',
          name: 'shell',
          input: 'ls -l "a b"',
          status: 'completed',
        },
      ],
      usage: usage(1500, 1024, 60, 40),
    },
    {
      url: 'https://eu.api.openai.com/v1/responses?beta=true',
      output: {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"location":"Bergen, NO","unit":"C"}' },
          },
          { id: 'call_2', type: 'function', function: { name: 'now', arguments: '{}' } },
          { id: 'call_3', type: 'function', function: { name: 'shell', arguments: 'ls -l "a b"' } },
        ],
        blocks: [
          {
            type: 'web_search_call',
            id: 'ws_1',
            status: 'completed',
            action: { type: 'search', query: 'weather', queries: ['weather'] },
          },
        ],
      },
      usage: { ...counted, input: 1500, cacheRead: 1024, output: 60, reasoning: 40, total: 1560 },
      finish: ['tool_call'],
    },
  ),
  pair(
    'cut at its length, with the reasoning itself',
    {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [],
          content: [{ type: 'reasoning_text', text: 'The user wants a joke.' }],
        },
        { ...message(text('Once upon a')), status: 'incomplete' },
      ],
      usage: usage(9, 0, 16, 8),
    },
    {
      url: 'https://my-company.test/openai/responses',
      output: {
        role: 'assistant',
        content: 'Once upon a',
        reasoning: 'The user wants a joke.',
      },
      usage: { ...counted, input: 9, cacheRead: 0, output: 16, reasoning: 8, total: 25 },
      finish: ['length'],
    },
  ),
  pair(
    'a refusal, filtered',
    {
      status: 'incomplete',
      incomplete_details: { reason: 'content_filter' },
      output: [message({ type: 'refusal', refusal: 'I can’t help with that.' })],
      usage: usage(81, 0, 12, 0),
    },
    {
      output: { role: 'assistant', content: null, refusal: 'I can’t help with that.' },
      usage: { ...counted, input: 81, cacheRead: 0, output: 12, total: 93 },
      finish: ['content_filter'],
    },
  ),
  pair(
    'a picture by the server, and compaction: by their size',
    {
      status: 'completed',
      output: [
        {
          type: 'image_generation_call',
          id: 'ig_1',
          status: 'completed',
          result: `${'A'.repeat(2_999)}=`,
          output_format: 'png',
          size: '1024x1024',
        },
        message(text('Here it is.')),
        { type: 'compaction', id: 'cmp_1', encrypted_content: 'gAAAAABsecret' },
      ],
      usage: usage(50, 0, 20, 0),
    },
    {
      output: {
        role: 'assistant',
        content: 'Here it is.',
        blocks: [
          {
            type: 'image_generation_call',
            id: 'ig_1',
            status: 'completed',
            result: '…2999…',
            output_format: 'png',
            size: '1024x1024',
          },
          { type: 'compaction', id: 'cmp_1', encrypted_content: '…13…' },
        ],
      },
      usage: { ...counted, input: 50, output: 20, total: 70 },
      finish: ['stop'],
    },
  ),
  pair(
    'nothing said and nothing counted',
    { status: 'completed', output: [message(text('Yes.'))] },
    {
      output: { role: 'assistant', content: 'Yes.' },
      usage: { source: 'absent', final: false, input: null, output: null, total: null },
      finish: ['stop'],
    },
  ),
]
