/**
 * Anthropic's blocks, all of them: as they come whole, and in their pieces.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const url = 'https://api.anthropic.com/v1/messages'
const request = {
  model: 'claude-sonnet-4-6',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hi' }],
}

interface Block {
  type: string
  [field: string]: unknown
}

/** What of a block comes in pieces, and the name of such a piece. */
const PIECES: Record<string, readonly [delta: string, field: string]> = {
  text: ['text_delta', 'text'],
  thinking: ['thinking_delta', 'thinking'],
  compaction: ['compaction_delta', 'content'],
}

/** A block as a stream tells it: begun empty, then in pieces, or at once. */
function eventsOf(block: Block, index: number): object[] {
  const [delta = '', field = ''] = PIECES[block.type] ?? []
  const said = String(block[field] ?? '')
  const isTool = block.type.endsWith('tool_use') // the server's as well
  const json =
    isTool && Object.keys(Object(block.input)).length > 0 ? JSON.stringify(block.input) : ''
  const begun = { ...block, ...(field && { [field]: '' }), ...(isTool && { input: {} }) }
  const pieces = [
    ...(said.match(/[\s\S]{1,4}/gu) ?? []).map((text) => ({ type: delta, [field]: text })),
    ...(json.match(/.{1,6}/g) ?? []).map((partial_json) => ({
      type: 'input_json_delta',
      partial_json,
    })),
    ...(block.type === 'thinking' ? [{ type: 'signature_delta', signature: 'c2ln' }] : []),
  ]
  return [
    { type: 'content_block_start', index, content_block: begun },
    ...pieces.map((piece) => ({ type: 'content_block_delta', index, delta: piece })),
    { type: 'content_block_stop', index },
  ]
}

function pair(
  name: string,
  blocks: readonly Block[],
  stop_reason: string,
  expected: Pick<Pair, 'output' | 'finish'> & { more?: object; usage?: object },
): Pair {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-6' }
  const counts = { input_tokens: 9, output_tokens: 4, ...expected.more }
  return {
    name: `anthropic, ${name}`,
    url,
    request,
    whole: { ...message, content: blocks, stop_reason, usage: counts },
    events: [
      {
        type: 'message_start',
        message: {
          ...message,
          content: [],
          stop_reason: null,
          usage: { input_tokens: 9, output_tokens: 1 },
        },
      },
      ...blocks.flatMap(eventsOf),
      { type: 'message_delta', delta: { stop_reason }, usage: counts },
      { type: 'message_stop' },
    ],
    ending: 2,
    done: '',
    usage: {
      source: 'provider',
      final: true,
      input: 9,
      output: 4,
      total: 13,
      reasoning: null,
      ...expected.usage,
    },
    ...expected,
    ...(expected.usage && {
      usage: { source: 'provider', final: true, input: 9, output: 4, ...expected.usage },
    }),
  }
}

const SERVER: readonly Block[] = [
  { type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: { query: 'x' } },
  {
    type: 'web_search_tool_result',
    tool_use_id: 'srv_1',
    content: [
      {
        type: 'web_search_result',
        title: 'X',
        url: 'https://x.test',
        encrypted_content: 'gAAAAABsecret',
      },
    ],
  },
  { type: 'web_fetch_tool_result', tool_use_id: 'srv_2', content: { type: 'web_fetch_result' } },
  {
    type: 'bash_code_execution_tool_result',
    tool_use_id: 'srv_3',
    content: { stdout: '42', return_code: 0 },
  },
  { type: 'mcp_tool_use', id: 'mcp_1', name: 'look', server_name: 's', input: {} },
  { type: 'mcp_tool_result', tool_use_id: 'mcp_1', is_error: false, content: [] },
  { type: 'container_upload', file_id: 'file_1' },
  { type: 'compaction', content: 'What was said before.' },
  { type: 'something_new', rays: 7 },
]

export const blockPairs: readonly Pair[] = [
  pair(
    'every block of the server, and some that is not known yet',
    [...SERVER, { type: 'text', text: 'Found: 42.' }],
    'pause_turn',
    {
      output: {
        role: 'assistant',
        content: 'Found: 42.',
        blocks: SERVER.map((block) =>
          block.type === 'web_search_tool_result'
            ? {
                ...block,
                content: [
                  {
                    type: 'web_search_result',
                    title: 'X',
                    url: 'https://x.test',
                    encrypted_content: '…13…',
                  },
                ],
              }
            : block,
        ),
      },
      finish: ['stop'],
    },
  ),
  pair(
    'thoughts between its tools',
    [
      { type: 'thinking', thinking: 'First this. ', signature: '' },
      { type: 'tool_use', id: 't1', name: 'a', input: { q: 'ä' } },
      { type: 'thinking', thinking: 'Then that.', signature: '' },
      { type: 'redacted_thinking', data: 'A'.repeat(64) },
      { type: 'tool_use', id: 't2', name: 'b', input: {} },
    ],
    'tool_use',
    {
      output: {
        content: null,
        reasoning: 'First this. Then that.',
        tool_calls: [
          { id: 't1', function: { name: 'a', arguments: '{"q":"ä"}' } },
          { id: 't2', function: { name: 'b', arguments: '{}' } },
        ],
        blocks: ['redacted_thinking'],
      },
      finish: ['tool_call'],
      more: { output_tokens_details: { thinking_tokens: 3 } },
      usage: { reasoning: 3 },
    },
  ),
  pair(
    'a compaction that is billed beside the rest',
    [{ type: 'text', text: 'Shorter.' }],
    'compaction',
    {
      output: { content: 'Shorter.' },
      finish: ['compaction'],
      more: {
        iterations: [
          { type: 'compaction', input_tokens: 180_000, output_tokens: 3_500 },
          { type: 'message', input_tokens: 9, output_tokens: 4 },
        ],
      },
      usage: { total: 13 },
    },
  ),
  ...[
    ['refusal', 'content_filter'],
    ['model_context_window_exceeded', 'length'],
    ['stop_sequence', 'stop'],
    ['something_new', 'error'],
  ].map(([raw = '', finish = '']) =>
    pair(`stopped by ${raw}`, [{ type: 'text', text: 'So' }], raw, {
      output: { content: 'So' },
      finish: [finish],
    }),
  ),
]
