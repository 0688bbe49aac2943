/**
 * Workers AI, AI Gateway, Vercel's gateway, Hugging Face's router and Replicate, where they answer whole.
 *
 * @module
 */

import type { Whole } from './wholes.ts'

const REST = 'https://api.cloudflare.com/client/v4/accounts/a1/ai/run'
const GATEWAY = 'https://gateway.ai.cloudflare.com/v1/a1/my-gateway'
const REPLICATE = 'https://api.replicate.com/v1'

const wrapped = (result: unknown) => ({ result, success: true, errors: [], messages: [] })
const vector = (dimensions: number) =>
  Array.from({ length: dimensions }, (_, index) => Math.sin(index) / 40)
const messages = [{ role: 'user', content: 'Hi' }]
const chat = {
  id: 'c1',
  model: 'gpt-4o-2024-11-20',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
}
const counted = { source: 'provider', final: true, input: 9, output: 4, total: 13 }
const absent = { source: 'absent', input: null, output: null }

const workersai = (
  name: string,
  model: string,
  request: object,
  result: unknown,
  record: object,
): Whole => ({
  name: `workers ai, ${name}`,
  url: `${REST}/${model}`,
  request,
  whole: wrapped(result),
  record,
})

/** The address behind the gateway, the provider by the record's name, by the gateway's if that is another. */
const ROUTES: readonly (readonly [path: string, provider: string, upstream?: string])[] = [
  ['openai/chat/completions', 'openai'],
  ['grok/v1/chat/completions', 'x_ai', 'grok'],
  ['groq/chat/completions', 'groq'],
  ['mistral/v1/chat/completions', 'mistral_ai', 'mistral'],
  ['perplexity-ai/chat/completions', 'perplexity', 'perplexity-ai'],
  ['cerebras/chat/completions', 'cerebras'],
  ['custom-mine/v1/chat/completions', 'custom-mine'],
  ['azure-openai/my-resource/gpt-4o/chat/completions', 'azure.ai.openai', 'azure-openai'],
  ['workers-ai/v1/chat/completions', 'cloudflare.workers_ai', 'workers-ai'],
]

export const cloudflareWholes: readonly Whole[] = [
  workersai(
    'an answer in JSON',
    '@cf/meta/llama-3.1-8b-instruct',
    { messages, response_format: { type: 'json_schema' }, max_tokens: 9, temperature: 0 },
    { response: { city: 'Bergen', sun: false } },
    {
      name: 'chat @cf/meta/llama-3.1-8b-instruct',
      output: { content: '{"city":"Bergen","sun":false}' },
      call: {
        provider: 'cloudflare.workers_ai',
        format: 'workersai.run',
        request: { params: { maxTokens: 9, temperature: 0, outputType: 'json' } },
        usage: absent,
      },
    },
  ),
  workersai(
    'vectors',
    '@cf/baai/bge-base-en-v1.5',
    { text: ['a', 'b'] },
    { shape: [2, 768], data: [vector(768), vector(768)], pooling: 'mean' },
    {
      name: 'embeddings @cf/baai/bge-base-en-v1.5',
      kind: 'embedding',
      call: {
        request: { inputCount: 2 },
        response: { choices: [], outputCount: 2, dimensions: 768 },
        usage: absent,
      },
    },
  ),
  workersai(
    'a ranking',
    '@cf/baai/bge-reranker-base',
    { query: 'Which?', contexts: [{ text: 'a' }, { text: 'b' }] },
    { response: [{ id: 1, score: 0.98 }] },
    {
      name: 'rerank @cf/baai/bge-reranker-base',
      kind: 'retriever',
      output: { blocks: [{ type: 'ranking', results: [{ id: 1, score: 0.98 }] }] },
      call: { request: { inputCount: 2 }, response: { outputCount: 1 } },
    },
  ),
  workersai(
    'a picture in base64',
    '@cf/black-forest-labs/flux-1-schnell',
    { prompt: 'An otter', seed: 3 },
    { image: 'A'.repeat(40_000) },
    {
      name: 'image_generation @cf/black-forest-labs/flux-1-schnell',
      output: { blocks: [{ type: 'image', bytes: 30_000 }] },
      call: { request: { params: { seed: 3 } }, usage: absent },
    },
  ),
  workersai(
    'a transcription',
    '@cf/openai/whisper-large-v3-turbo',
    { audio: 'AAAA' },
    { text: 'The beach was popular.', word_count: 4 },
    {
      name: 'transcription @cf/openai/whisper-large-v3-turbo',
      output: { content: 'The beach was popular.' },
    },
  ),
  {
    name: 'workers ai, the model in the body',
    url: REST,
    request: { model: '@cf/meta/llama-3.1-8b-instruct', input: { prompt: 'Hi', max_tokens: 9 } },
    whole: wrapped({ response: 'Hello', usage: chat.usage }),
    record: {
      name: 'chat @cf/meta/llama-3.1-8b-instruct',
      output: { content: 'Hello' },
      call: {
        provider: 'cloudflare.workers_ai',
        request: { params: { maxTokens: 9 } },
        usage: counted,
      },
    },
  },
  {
    name: 'the gateway’s run',
    url: `${GATEWAY}/run`,
    request: { model: 'openai/gpt-4o', input: { messages } },
    whole: { state: 'completed', provider: 'openai', model: 'openai/gpt-4o', result: chat },
    record: {
      name: 'chat openai/gpt-4o',
      output: { content: 'Hello' },
      call: {
        provider: 'openai',
        format: 'workersai.run',
        via: { gateway: 'cloudflare', upstream: 'openai' },
        usage: counted,
      },
    },
  },
  ...ROUTES.map(([path, provider, upstream = provider]): Whole => ({
    name: `the gateway’s ${path}`,
    url: `${GATEWAY}/${path}`,
    request: { model: 'gpt-4o', messages },
    whole: chat,
    record: {
      name: 'chat gpt-4o',
      output: { content: 'Hello' },
      call: {
        provider,
        format: 'openai.chat',
        via: { gateway: 'cloudflare', upstream },
        usage: counted,
      },
    },
  })),
  ...[
    ['openai/gpt-4o', 'openai', 'openai'],
    ['google-vertex-ai/google/gemini-2.5-pro', 'gcp.vertex_ai', 'google-vertex-ai'],
    ['workers-ai/@cf/meta/llama-3.1-8b-instruct', 'cloudflare.workers_ai', 'workers-ai'],
  ].map(([model, provider, upstream]): Whole => ({
    name: `the gateway’s compat, ${model}`,
    url: `${GATEWAY}/compat/chat/completions`,
    request: { model, messages },
    whole: chat,
    record: {
      name: `chat ${model}`,
      call: { provider, via: { gateway: 'cloudflare', upstream }, usage: counted },
    },
  })),
  {
    name: 'the gateway’s azure, the model in the address',
    url: `${GATEWAY}/azure-openai/my-resource/gpt-4o-eu/chat/completions?api-version=2024-10-21`,
    request: { messages },
    whole: chat,
    record: { name: 'chat gpt-4o-eu', call: { provider: 'azure.ai.openai' } },
  },
  {
    name: 'the gateway’s bedrock',
    url: `${GATEWAY}/aws-bedrock/bedrock-runtime/us-east-1/model/us.amazon.nova-lite-v1:0/converse`,
    request: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
    whole: {
      output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 9, outputTokens: 4, totalTokens: 13 },
    },
    record: {
      name: 'chat us.amazon.nova-lite-v1:0',
      call: { provider: 'aws.bedrock', format: 'bedrock.converse', usage: counted },
    },
  },
  {
    name: 'the gateway’s anthropic',
    url: `${GATEWAY}/anthropic/v1/messages`,
    request: { model: 'claude-sonnet-4-5', max_tokens: 9, messages },
    whole: {
      type: 'message',
      content: [{ type: 'text', text: 'Hello' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 9, output_tokens: 4 },
    },
    record: { call: { provider: 'anthropic', usage: counted } },
  },
  {
    name: 'a model of another provider by Cloudflare’s own address',
    url: 'https://api.cloudflare.com/client/v4/accounts/a1/ai/v1/chat/completions',
    request: { model: 'openai/gpt-4o', messages },
    whole: chat,
    record: { call: { provider: 'cloudflare.workers_ai', format: 'openai.chat' } },
  },
  {
    name: 'hugging face’s router',
    url: 'https://router.huggingface.co/v1/chat/completions',
    request: { model: 'openai/gpt-oss-120b:groq', messages },
    whole: chat,
    record: {
      name: 'chat openai/gpt-oss-120b:groq',
      call: { provider: 'huggingface', format: 'openai.chat', usage: counted },
    },
  },
  {
    name: 'hugging face’s router to a provider’s own address',
    url: 'https://router.huggingface.co/together/v1/chat/completions',
    request: { model: 'meta-llama/Llama-3.3-70B-Instruct-Turbo', messages },
    whole: chat,
    record: { call: { provider: 'huggingface', format: 'openai.chat' } },
  },
  {
    name: 'vercel’s compatible address',
    url: 'https://ai-gateway.vercel.sh/v1/chat/completions',
    request: { model: 'openai/gpt-4o', messages },
    whole: chat,
    record: { call: { provider: 'vercel_ai_gateway', format: 'openai.chat', usage: counted } },
  },
  {
    name: 'vectors by vercel',
    url: 'https://ai-gateway.vercel.sh/v4/ai/embedding-model',
    request: { values: ['a', 'b'], dimensions: 512 },
    whole: { embeddings: [vector(512), vector(512)], usage: { tokens: 9 } },
    record: {
      kind: 'embedding',
      call: {
        operation: 'embeddings',
        provider: 'vercel_ai_gateway',
        request: { inputCount: 2, params: { dimensions: 512 } },
        response: { outputCount: 2, dimensions: 512 },
        usage: { source: 'provider', final: true, input: 9, output: null },
      },
    },
  },
  {
    name: 'vercel, stopped for a reason that has no word',
    url: 'https://ai-gateway.vercel.sh/v3/ai/language-model',
    request: { prompt: [], temperature: 0, topP: 0.5, stopSequences: ['END'], maxOutputTokens: 9 },
    whole: {
      content: [{ type: 'text', text: 'Hello' }],
      finishReason: { unified: 'other', raw: 'pause_turn' },
      usage: { inputTokens: 9, outputTokens: 4 },
    },
    record: {
      call: {
        request: { params: { temperature: 0, topP: 0.5, stop: ['END'], maxTokens: 9 } },
        response: { choices: [{ finishReason: 'stop', finishReasonRaw: 'pause_turn' }] },
        usage: counted,
      },
    },
  },
  {
    name: 'replicate, waited for',
    url: `${REPLICATE}/models/meta/meta-llama-3-8b-instruct/predictions`,
    request: { input: { prompt: 'Hi', max_tokens: 9, temperature: 0 } },
    whole: {
      id: 'p1',
      model: 'meta/meta-llama-3-8b-instruct',
      status: 'succeeded',
      input: { prompt: 'Hi' },
      output: ['Hel', 'lo'],
      error: null,
      metrics: { predict_time: 0.5, input_token_count: 9, output_token_count: 4 },
      urls: { get: 'https://api.replicate.com/v1/predictions/p1' },
    },
    record: {
      name: 'chat meta/meta-llama-3-8b-instruct',
      output: { role: 'assistant', content: 'Hello' },
      call: {
        provider: 'replicate',
        request: { params: { maxTokens: 9, temperature: 0 } },
        response: { id: 'p1', choices: [{ finishReason: 'stop', finishReasonRaw: 'succeeded' }] },
        usage: counted,
      },
    },
  },
  {
    name: 'replicate, made and not waited for',
    url: `${REPLICATE}/predictions`,
    request: {
      version: '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa',
      input: {},
    },
    whole: { id: 'p2', status: 'starting', output: null, error: null, metrics: {} },
    record: { call: { response: { id: 'p2', choices: [] }, usage: absent } },
  },
  {
    name: 'replicate, files by signed addresses',
    url: 'https://gateway.ai.cloudflare.com/v1/a1/my-gateway/replicate/predictions',
    request: { model: 'black-forest-labs/flux-schnell', input: { prompt: 'An otter' } },
    whole: { id: 'p3', status: 'succeeded', output: ['https://r.test/1.webp?sig=c2ln'] },
    record: {
      output: { blocks: [{ type: 'file', url: 'https://r.test/1.webp' }] },
      call: { provider: 'replicate', via: { gateway: 'cloudflare', upstream: 'replicate' } },
    },
  },
  {
    name: 'replicate, an output of another kind',
    url: `${REPLICATE}/deployments/acme/detector/predictions`,
    request: { input: { image: 'https://x.test/a.png' } },
    whole: { id: 'p4', status: 'succeeded', output: { boxes: [[1, 2, 3, 4]] } },
    record: { name: 'chat acme/detector', output: { blocks: [{ boxes: [[1, 2, 3, 4]] }] } },
  },
]
