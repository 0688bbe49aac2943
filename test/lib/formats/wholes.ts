/**
 * Replies that come whole only, or in a shape of their own when they do.
 *
 * @module
 */

import { whole as response } from './responses.ts'
import { bedrockWholes } from './wholes-bedrock.ts'
import { cloudflareWholes } from './wholes-cloudflare.ts'
import { googleWholes } from './wholes-google.ts'
import { searchWholes } from './wholes-search.ts'

export interface Whole {
  name: string
  url: string
  request: object
  whole: object
  /** Of the record, as far as it is told. */
  record: object
}

const vector = (dimensions: number) =>
  Array.from({ length: dimensions }, (_, index) => Math.sin(index) / 40)
const base64 = (dimensions: number) =>
  Buffer.from(new Float32Array(vector(dimensions)).buffer).toString('base64')
const embeddings = (...vectors: (number[] | string)[]) => ({
  object: 'list',
  data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
  model: 'text-embedding-3-small',
  usage: { prompt_tokens: 8, total_tokens: 8 },
})
const counted = { source: 'provider', final: true, input: 8, output: null, total: 8 }
const small = { model: 'text-embedding-3-small' }
/** Of a response, those that are neither said nor to be done by the application. */
const ITEMS = [
  { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { query: 'x' } },
  { type: 'file_search_call', id: 'fs_1', status: 'completed', queries: ['x'], results: null },
  { type: 'code_interpreter_call', id: 'ci_1', code: 'print(42)', outputs: null },
  { type: 'mcp_list_tools', id: 'ml_1', server_label: 's', tools: [] },
  { type: 'mcp_call', id: 'mc_1', server_label: 's', name: 'look', arguments: '{}', output: 'ok' },
  { type: 'mcp_approval_request', id: 'ma_1', server_label: 's', name: 'look', arguments: '{}' },
  { type: 'local_shell_call', id: 'ls_1', call_id: 'c3', action: { command: ['ls'] } },
  { type: 'shell_call', id: 'sh_1', call_id: 'c4', action: { commands: ['ls'] } },
  { type: 'apply_patch_call', id: 'ap_1', call_id: 'c5', operation: { path: 'a' } },
  { type: 'computer_call', id: 'cc_1', call_id: 'c6', action: { type: 'click' } },
  { type: 'tool_search_call', id: 'ts_1', arguments: {} },
  { type: 'program', id: 'pr_1', code: '1' },
  { type: 'shell_call_output', id: 'so_1', call_id: 'c4', output: [] },
  { type: 'something_new', id: 'sn_1', rays: 7 },
]
const verdict = {
  flagged: true,
  categories: { harassment: false, violence: true },
  category_scores: { harassment: 0.01, violence: 0.97 },
  category_applied_input_types: { harassment: ['text'], violence: ['text', 'image'] },
}

export const wholes: readonly Whole[] = [
  ...googleWholes,
  {
    name: 'embeddings of two texts',
    url: 'https://api.openai.com/v1/embeddings',
    request: { ...small, input: ['a', 'b'], dimensions: 512, encoding_format: 'float' },
    whole: embeddings(vector(512), vector(512)),
    record: {
      name: 'embeddings text-embedding-3-small',
      kind: 'embedding',
      call: {
        operation: 'embeddings',
        request: { inputCount: 2, params: { dimensions: 512, encodingFormat: 'float' } },
        response: { model: small.model, choices: [], outputCount: 2, dimensions: 512 },
        usage: counted,
      },
    },
  },
  ...[1, 2, 3, 100, 1536, 3072].map((dimensions) => ({
    name: `embeddings in base64 of ${dimensions} dimensions, one text as tokens, by a deployment`,
    url: 'https://my.openai.azure.com/openai/deployments/small-1/embeddings?api-version=2024-10-21',
    request: { input: [1, 2, 3], encoding_format: 'base64' },
    whole: embeddings(base64(dimensions)),
    record: {
      name: 'embeddings small-1',
      call: {
        provider: 'azure.ai.openai',
        request: { model: 'small-1', inputCount: 1, params: { encodingFormat: 'base64' } },
        response: { model: small.model, outputCount: 1, dimensions },
        usage: counted,
      },
    },
  })),
  {
    name: 'embeddings of a host that counts nothing',
    url: 'http://localhost:8080/v1/embeddings',
    request: { model: 'nomic', input: [[1, 2], [3]] },
    whole: { data: [{ embedding: [0.5, 0.5] }, { embedding: [0, 1] }] },
    record: {
      call: {
        request: { inputCount: 2 },
        response: { outputCount: 2, dimensions: 2 },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'embeddings of a host that tells a total alone',
    url: 'https://api.voyageai.com/v1/embeddings',
    request: { model: 'voyage-4', input: 'a' },
    whole: { ...embeddings([0.5, 0.5]), usage: { total_tokens: 7 } },
    record: { call: { usage: { source: 'provider', input: null, output: null, total: 7 } } },
  },
  {
    name: 'verdicts',
    url: 'https://api.openai.com/v1/moderations',
    request: { model: 'omni-moderation-latest', input: ['I will hurt you', 'Hi'] },
    whole: {
      id: 'modr-970d409ef3bef3b70c73d8232df86e7d',
      model: 'omni-moderation-2024-09-26',
      results: [verdict, { ...verdict, flagged: false }],
    },
    record: {
      name: 'moderation omni-moderation-latest',
      output: { role: 'assistant', content: null, blocks: [verdict, { flagged: false }] },
      call: {
        request: { inputCount: 2 },
        response: { id: 'modr-970d409ef3bef3b70c73d8232df86e7d', outputCount: 2 },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'a verdict on a text and its picture, which are one input',
    url: 'https://api.openai.com/v1/moderations',
    request: {
      input: [
        { type: 'text', text: 'Look' },
        { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
      ],
    },
    whole: { id: 'modr-1', model: 'omni-moderation-2024-09-26', results: [verdict] },
    record: {
      name: 'moderation omni-moderation-2024-09-26',
      call: { request: { inputCount: 1 }, response: { outputCount: 1 } },
    },
  },
  {
    name: 'a count of tokens by OpenAI',
    url: 'https://api.openai.com/v1/responses/input_tokens',
    request: { model: 'gpt-5.4', input: 'Hi' },
    whole: { object: 'response.input_tokens', input_tokens: 11 },
    record: {
      name: 'count_tokens gpt-5.4',
      output: { content: null, blocks: [{ type: 'token_count', tokens: 11 }] },
      call: { operation: 'count_tokens', usage: { source: 'absent', input: null } },
    },
  },
  {
    name: 'decisions, of which one is refused',
    url: 'https://api.openai.com/v1/decisions',
    request: {
      model: 'gpt-6-decide',
      input: [{ role: 'user', content: 'Hi' }],
      questions: [
        { type: 'predicate', name: 'spam', question: 'Spam?' },
        { type: 'score', name: 'mood', question: 'How kind?' },
      ],
    },
    whole: {
      model: 'gpt-6-decide-2026-10-01',
      answers: [
        { type: 'predicate', name: 'spam', probability: 0.02 },
        { type: 'refusal', name: 'mood' },
      ],
      usage: {
        input_tokens: 30,
        input_tokens_details: { cached_tokens: 8, cache_write_tokens: 0 },
        output_tokens: 2,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 32,
      },
    },
    record: {
      name: 'decision gpt-6-decide',
      output: {
        content: null,
        blocks: [
          { type: 'predicate', name: 'spam', probability: 0.02 },
          { type: 'refusal', name: 'mood' },
        ],
      },
      call: {
        operation: 'decision',
        request: { inputCount: 2 },
        response: { model: 'gpt-6-decide-2026-10-01', outputCount: 2 },
        usage: { source: 'provider', final: true, input: 30, output: 2, cacheRead: 8 },
      },
    },
  },
  {
    name: 'images by signed address, without usage',
    url: 'https://api.openai.com/v1/images/generations',
    request: { model: 'dall-e-3', prompt: 'An otter', n: 2, size: '1024x1024' },
    whole: {
      created: 1_589_478_378,
      data: [
        { url: 'https://img.test/1.png?sig=c2VjcmV0&se=2026', revised_prompt: 'A sea otter' },
        { url: 'https://img.test/2.png' },
      ],
    },
    record: {
      name: 'image_generation dall-e-3',
      output: {
        role: 'assistant',
        content: null,
        blocks: [
          { type: 'image', url: 'https://img.test/1.png', revised_prompt: 'A sea otter' },
          { type: 'image', url: 'https://img.test/2.png' },
        ],
      },
      call: {
        request: { params: { choiceCount: 2, outputType: 'image' } },
        response: { outputCount: 2 },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'a transcription that is billed by time',
    url: 'https://api.openai.com/v1/audio/translations',
    request: { model: 'whisper-1', file: {}, response_format: 'verbose_json' },
    whole: {
      task: 'translate',
      language: 'english',
      duration: 8.47,
      text: 'The beach was popular.',
      segments: [{ id: 0, tokens: [50364, 440], text: 'The beach was popular.' }],
      usage: { type: 'duration', seconds: 9 },
    },
    record: {
      output: { role: 'assistant', content: 'The beach was popular.' },
      call: {
        usage: { source: 'provider', final: true, input: null, output: null, seconds: 9 },
      },
    },
  },
  {
    name: 'a response in the background, not yet begun',
    url: 'https://api.openai.com/v1/responses',
    request: { model: 'gpt-5.4', input: 'Hi', background: true },
    whole: response({ status: 'queued', output: [] }),
    record: {
      call: {
        ended: 'complete',
        response: { id: 'resp_67ccd2bed1ec8190', choices: [] },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'every item that a response may have',
    url: 'https://api.openai.com/v1/responses',
    request: { model: 'gpt-5.4', input: 'Hi' },
    whole: response({
      status: 'completed',
      output: [
        ...ITEMS,
        { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'go', arguments: '{"to":"B"}' },
        { type: 'custom_tool_call', id: 'ct_1', call_id: 'c2', name: 'shell', input: 'ls' },
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
        },
      ],
      usage: { input_tokens: 8, output_tokens: 2, total_tokens: 10 },
    }),
    record: {
      output: {
        content: 'Done.',
        tool_calls: [
          { id: 'c1', function: { name: 'go', arguments: '{"to":"B"}' } },
          { id: 'c2', function: { name: 'shell', arguments: 'ls' } },
        ],
        blocks: ITEMS,
      },
      call: {
        response: { choices: [{ finishReason: 'tool_call', finishReasonRaw: 'completed' }] },
        usage: { input: 8, output: 2, total: 10 },
      },
    },
  },
  {
    name: 'a response by OpenRouter, which says its price',
    url: 'https://openrouter.ai/api/v1/responses',
    request: { model: 'openai/gpt-5.4', input: 'Hi' },
    whole: response({
      status: 'completed',
      output: [
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Done.' }],
        },
      ],
      usage: { input_tokens: 8, output_tokens: 2, total_tokens: 10, cost: 0.00042 },
    }),
    record: {
      call: { provider: 'openrouter', usage: { input: 8, raw: { cost: 0.00042 } } },
    },
  },
  {
    name: 'a compaction',
    url: 'https://api.openai.com/v1/responses/compact',
    request: { model: 'gpt-5.4', input: [] },
    whole: {
      id: 'resp_001',
      object: 'response.compaction',
      output: [{ id: 'cmp_001', type: 'compaction', encrypted_content: 'gAAAAABpM0Yj' }],
      usage: { input_tokens: 139, output_tokens: 438, total_tokens: 577 },
    },
    record: {
      output: { blocks: [{ id: 'cmp_001', type: 'compaction', encrypted_content: '…12…' }] },
      call: { usage: { input: 139, output: 438, total: 577, cacheRead: null } },
    },
  },
  ...searchWholes,
  ...bedrockWholes,
  ...cloudflareWholes,
]
