/**
 * Mistral's conversations and its fill in the middle, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const usage = { prompt_tokens: 12, completion_tokens: 9, total_tokens: 51, connector_tokens: 30 }
const counted = { source: 'provider', final: true, input: 12, output: 9, total: 51 }
const at = { created_at: '2026-01-01T00:00:00Z' }
const model = 'mistral-medium-2508'
const entry = { object: 'entry', ...at, model }
const conversation_id = 'conv_0198'
const text = (text: string) => ({ type: 'text', text })
const source = {
  type: 'tool_reference',
  tool: 'web_search',
  title: 'Bergen',
  url: 'https://b.test',
}
const piece = (output_index: number, more: object) => ({ ...at, output_index, id: 'e', ...more })
const said = (content: string | object, content_index = 0) =>
  piece(1, { type: 'message.output.delta', model, role: 'assistant', content_index, content })
const called = (given: string) =>
  piece(2, { type: 'function.call.delta', model, name: 'go', tool_call_id: 'c1', arguments: given })
const thinking = { type: 'thinking', thinking: [text('Which Bergen?')] }

const fim = { id: 'fim-1', created: 1, model: 'codestral-2508' }
const middle = (delta: object, finish_reason: string | null = null) => ({
  ...fim,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason }],
})
const fimUsage = { prompt_tokens: 8, completion_tokens: 5, total_tokens: 13 }

export const mistralPairs: readonly Pair[] = [
  {
    name: 'mistral conversation, a search, an answer with its source and a tool call',
    url: 'https://api.mistral.ai/v1/conversations',
    request: { model: 'mistral-medium-latest', inputs: 'Hi', stream: true },
    whole: {
      object: 'conversation.response',
      conversation_id,
      outputs: [
        {
          ...entry,
          type: 'tool.execution',
          name: 'web_search',
          arguments: '{"query":"x"}',
          info: { pages: 3 },
          id: 'a',
        },
        {
          ...entry,
          type: 'message.output',
          role: 'assistant',
          content: [thinking, text('Grüße aus Bergen 👋'), source],
          id: 'b',
        },
        {
          ...entry,
          type: 'function.call',
          tool_call_id: 'c1',
          name: 'go',
          arguments: '{"to":"B"}',
        },
      ],
      usage,
    },
    events: [
      { type: 'conversation.response.started', ...at, conversation_id },
      piece(0, { type: 'tool.execution.started', name: 'web_search', arguments: '' }),
      piece(0, { type: 'tool.execution.delta', name: 'web_search', arguments: '{"query"' }),
      piece(0, { type: 'tool.execution.delta', name: 'web_search', arguments: ':"x"}' }),
      piece(0, { type: 'tool.execution.done', name: 'web_search', info: { pages: 3 } }),
      said(thinking),
      said('Grüße aus', 1),
      said(text(' Bergen 👋'), 1),
      said(source, 2),
      called('{"to"'),
      called(':"B"}'),
      { type: 'conversation.response.done', ...at, usage },
    ],
    ending: 1,
    done: '',
    output: {
      content: 'Grüße aus Bergen 👋',
      reasoning: 'Which Bergen?',
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'go', arguments: '{"to":"B"}' } },
      ],
      blocks: [
        {
          type: 'tool.execution',
          name: 'web_search',
          arguments: '{"query":"x"}',
          info: { pages: 3 },
        },
        source,
      ],
    },
    usage: counted,
    finish: [null],
  },
  {
    name: 'mistral conversation, gone on with, handed to another agent',
    url: `https://api.mistral.ai/v1/conversations/${conversation_id}`,
    request: { inputs: [{ role: 'user', content: 'Hi' }], stream: true },
    whole: {
      object: 'conversation.response',
      conversation_id,
      outputs: [
        { ...entry, type: 'agent.handoff', previous_agent_name: 'a', next_agent_name: 'b' },
        { ...entry, type: 'message.output', role: 'assistant', content: 'Hello.' },
      ],
      usage,
    },
    events: [
      { type: 'conversation.response.started', ...at, conversation_id },
      piece(0, { type: 'agent.handoff.started', previous_agent_name: 'a' }),
      piece(0, { type: 'agent.handoff.done', next_agent_name: 'b' }),
      said('Hel'),
      said('lo.'),
      { type: 'conversation.response.done', ...at, usage },
    ],
    ending: 1,
    done: '',
    output: {
      content: 'Hello.',
      blocks: [{ type: 'agent.handoff', previous_agent_name: 'a', next_agent_name: 'b' }],
    },
    usage: counted,
    finish: [null],
  },
  {
    name: 'mistral, fill in the middle',
    url: 'https://codestral.mistral.ai/v1/fim/completions',
    request: { model: 'codestral-latest', prompt: 'def f(', suffix: 'return a', random_seed: 7 },
    whole: {
      ...fim,
      object: 'chat.completion',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'a):\n  ' }, finish_reason: 'stop' },
      ],
      usage: fimUsage,
    },
    events: [
      middle({ role: 'assistant', content: '' }),
      middle({ content: 'a):' }),
      middle({ content: '\n  ' }),
      { ...middle({ content: '' }, 'stop'), usage: fimUsage },
    ],
    ending: 1,
    done: 'data: [DONE]\n\n',
    output: { content: 'a):\n  ' },
    usage: { source: 'provider', final: true, input: 8, output: 5, total: 13 },
    finish: ['stop'],
  },
]
