import { createTracer, memory, type TraceError } from 'carrot-trace'
import * as entry from 'carrot-trace/formats'
import { describe, expect, it } from 'vitest'

type Row = readonly [url: string, body: unknown]

const said = [{ role: 'user', content: 'Hi' }]
const chat = { model: 'm', messages: said }
const claude = { ...chat, max_tokens: 9 }
const contents = { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] }
const input = { model: 'm', input: 'Hi' }
const prompt = { model: 'm', prompt: 'Hi' }
const gemini = 'https://generativelanguage.googleapis.com'
const vertex = 'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5'
const bedrock = 'https://bedrock-runtime.eu-west-1.amazonaws.com/model/eu.anthropic.claude-x%3A0'
const gateway = 'https://gateway.ai.cloudflare.com/v1/a/g'
const cloudflare = 'https://api.cloudflare.com/client/v4/accounts/a/ai'
const azure = 'https://r.openai.azure.com/openai'
const own = 'http://127.0.0.1:8080'

/** What is a call, by the format that reads it. Every format has a line; many addresses are of other hosts. */
const CALLS: Record<string, readonly Row[]> = {
  'openai.chat': [
    ['https://api.openai.com/v1/chat/completions', chat],
    ['https://api.openai.com/v1/chat/completions/', chat],
    ['https://API.OpenAI.com/v1//chat/completions#stream', chat],
    [`${azure}/deployments/d/chat/completions?api-version=2024-10-21`, chat],
    [`${azure}/v1/chat/completions`, chat],
    ['https://api.groq.com/openai/v1/chat/completions', chat],
    ['https://api.deepseek.com/chat/completions', chat],
    [`${gemini}/v1beta/openai/chat/completions`, chat],
    [`${vertex}/endpoints/openapi/chat/completions`, chat],
    ['https://openrouter.ai/api/v1/chat/completions', chat],
    ['https://openrouter.ai/api/v1/presets/mine/chat/completions', chat],
    ['https://api.mistral.ai/v1/agents/completions', { agent_id: 'a', messages: said }],
    ['https://api.perplexity.ai/v1/sonar', chat],
    ['https://router.huggingface.co/v1/chat/completions', chat],
    ['https://ai-gateway.vercel.sh/v1/chat/completions', chat],
    [`${gateway}/compat/chat/completions`, chat],
    [`${gateway}/openai/chat/completions`, chat],
    [`${cloudflare}/v1/chat/completions`, chat],
    [`${own}/v1/chat/completions`, chat],
  ],
  'openai.responses': [
    ['https://api.openai.com/v1/responses?beta=true', input],
    ['https://api.x.ai/v1/responses', input],
    ['https://api.openai.com/v1/responses/compact', input],
    [`${gateway}/openai/responses`, input],
  ],
  'openai.completions': [
    ['https://api.openai.com/v1/completions', prompt],
    ['https://api.deepseek.com/beta/completions', prompt],
  ],
  'openai.embeddings': [
    ['https://api.openai.com/v1/embeddings', input],
    [`${azure}/deployments/d/embeddings?api-version=2024-10-21`, { input: 'Hi' }],
  ],
  'openai.images': [['https://api.openai.com/v1/images/generations', prompt]],
  'openai.transcription': [
    ['https://api.openai.com/v1/audio/transcriptions', { model: 'whisper-1', file: {} }],
  ],
  'openai.speech': [['https://api.openai.com/v1/audio/speech', { ...input, voice: 'alloy' }]],
  'openai.moderations': [['https://api.openai.com/v1/moderations', { input: 'Hi' }]],
  'openai.count_tokens': [['https://api.openai.com/v1/responses/input_tokens', input]],
  'openai.decisions': [['https://api.openai.com/v1/decisions', { ...input, questions: [] }]],
  'anthropic.messages': [
    ['https://api.anthropic.com/v1/messages?beta=true', claude],
    ['https://r.services.ai.azure.com/anthropic/v1/messages', claude],
    ['https://aws-external-anthropic.us-east-1.api.aws/v1/messages', claude],
    ['https://bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages', claude],
    [
      `${vertex}/publishers/anthropic/models/claude-x:streamRawPredict`,
      { anthropic_version: 'vertex-2023-10-16', max_tokens: 9, messages: said },
    ],
    [`${gateway}/anthropic/v1/messages`, claude],
    ['https://openrouter.ai/api/v1/messages', claude],
    ['https://openrouter.ai/api/v1/presets/mine/messages', claude],
    ['https://api.anthropic.com//v1//messages/', claude],
  ],
  'anthropic.count_tokens': [
    ['https://api.anthropic.com/v1/messages/count_tokens?beta=true', chat],
    [`${vertex}/publishers/anthropic/models/count-tokens:rawPredict`, chat],
  ],
  'google.generate_content': [
    [`${gemini}/v1/models/gemini-3-flash:generateContent`, contents],
    [`${gemini}/v1beta/models/gemini-3-flash%3AstreamGenerateContent?alt=sse`, contents],
    [`${gemini}/v1beta/tunedModels/mine:generateContent`, contents],
    [`${vertex}/publishers/google/models/gemini-3-flash:generateContent`, contents],
    [`${vertex}/endpoints/1:generateContent`, contents],
    [`${gateway}/google-ai-studio/v1/models/gemini-3-flash:generateContent`, contents],
  ],
  'google.interactions': [[`${gemini}/v1beta/interactions`, { model: 'm', input: 'Hi' }]],
  'google.embed': [
    [`${gemini}/v1beta/models/gemini-embedding-001:embedContent`, { content: { parts: [] } }],
    [`${gemini}/v1beta/models/gemini-embedding-001:batchEmbedContents`, { requests: [] }],
  ],
  'google.predict': [
    [`${vertex}/publishers/google/models/imagen-4:predict`, { instances: [{ prompt: 'Hi' }] }],
    [`${vertex}/endpoints/1:predict`, { instances: [{}] }],
  ],
  'google.count_tokens': [[`${gemini}/v1beta/models/gemini-3-flash:countTokens`, contents]],
  'ollama.chat': [['http://localhost:11434/api/chat', chat]],
  'ollama.generate': [['http://localhost:11434/api/generate', prompt]],
  'ollama.embed': [
    ['http://localhost:11434/api/embed', input],
    ['http://localhost:11434/api/embeddings', prompt],
  ],
  'cohere.chat': [['https://api.cohere.com/v2/chat', chat]],
  'cohere.embed': [
    ['https://api.cohere.com/v2/embed', { model: 'm', texts: ['a'], input_type: 'x' }],
  ],
  'cohere.rerank': [
    ['https://api.cohere.com/v2/rerank', { model: 'm', query: 'q', documents: ['a'] }],
    ['https://openrouter.ai/api/v1/rerank', { model: 'm', query: 'q', documents: ['a'] }],
  ],
  'mistral.fim': [['https://codestral.mistral.ai/v1/fim/completions', prompt]],
  'mistral.ocr': [['https://api.mistral.ai/v1/ocr', { model: 'm', document: {} }]],
  'mistral.conversations': [
    ['https://api.mistral.ai/v1/conversations#stream', { model: 'm', inputs: 'Hi', stream: true }],
  ],
  'bedrock.converse': [
    [`${bedrock}/converse`, { messages: [] }],
    [`${bedrock}/converse-stream`, { messages: [] }],
    ['https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/model/m/converse', { messages: [] }],
    [`${gateway}/aws-bedrock/bedrock-runtime/us-east-1/model/m/converse`, { messages: [] }],
  ],
  'bedrock.invoke': [
    [`${bedrock}/invoke`, { anthropic_version: 'bedrock-2023-05-31', ...claude }],
    [`${bedrock}/invoke-with-response-stream`, { prompt: 'Hi' }],
  ],
  'bedrock.count_tokens': [[`${bedrock}/count-tokens`, { input: { converse: {} } }]],
  'workersai.run': [
    [`${cloudflare}/run/@cf/meta/llama`, { messages: said }],
    [`${cloudflare}/run`, { model: '@cf/meta/llama', input: { prompt: 'Hi' } }],
    [`${gateway}/workers-ai/@cf/meta/llama`, { prompt: 'Hi' }],
    [`${gateway}/run`, { model: 'openai/gpt-4o', input: { messages: said } }],
  ],
  'cloudflare.universal': [
    [gateway, [{ provider: 'p', endpoint: 'e', headers: {}, query: {} }]],
    [`${gateway}/`, { provider: 'p', endpoint: 'e', headers: {}, query: {} }],
  ],
  'vercel.language_model': [
    ['https://ai-gateway.vercel.sh/v4/ai/language-model', { prompt: [] }],
    ['https://ai-gateway.vercel.sh/v4/ai/embedding-model', { values: ['a'] }],
  ],
  'replicate.predictions': [
    ['https://api.replicate.com/v1/predictions', { version: 'v', input: {} }],
    ['https://api.replicate.com/v1/models/o/n/predictions', { input: {} }],
    ['https://api.replicate.com/v1/deployments/o/n/predictions', { input: {} }],
    [`${gateway}/replicate/predictions`, { version: 'v', input: {} }],
  ],
}

/** What is no call: other things at the hosts of providers, and other things that look alike. */
const OTHERS: readonly Row[] = [
  ['https://api.openai.com/v1/files', { purpose: 'batch' }],
  ['https://api.openai.com/v1/uploads/u1/complete', { part_ids: [] }],
  ['https://api.openai.com/v1/batches', { endpoint: '/v1/chat/completions' }],
  ['https://api.openai.com/v1/vector_stores/v1/search', { query: 'q' }],
  ['https://api.openai.com/v1/conversations', { items: [] }],
  ['https://api.openai.com/v1/realtime/client_secrets', {}],
  ['https://api.openai.com/v1/fine_tuning/jobs', { model: 'm' }],
  ['https://api.anthropic.com/v1/messages/batches', { requests: [] }],
  ['https://api.anthropic.com/v1/sessions', { agent: 'a' }],
  ['https://api.mistral.ai/v1/batch/jobs', { model: 'm' }],
  ['https://api.openai.com/v1/chat/completions/chatcmpl-1', { metadata: {} }],
  ['https://api.openai.com/v1/responses/resp_1/cancel', {}],
  ['https://api.anthropic.com/v1/organizations/o/invites', {}],
  ['https://api.cohere.com/v1/tokenize', { model: 'm', text: 'Hi' }],
  ['https://api.cohere.com/v1/embed-jobs', { model: 'm' }],
  ['https://api.cohere.com/v1/finetuning/finetuned-models', {}],
  ['https://api.x.ai/v1/tokenize-text', { model: 'm', text: 'Hi' }],
  ['https://ollama.com/api/show', { model: 'm' }],
  ['https://openrouter.ai/api/v1/keys', { name: 'k' }],
  ['https://api.replicate.com/v1/deployments', { name: 'd', model: 'o/n' }],
  ['https://bedrock-runtime.us-east-1.amazonaws.com/guardrail/g/version/1/apply', { content: [] }],
  [`${vertex}/publishers/google/models/gemini-3-flash:computeTokens`, contents],
  ['https://api.perplexity.ai/search', { query: 'q' }],
  [`${gemini}/upload/v1beta/files`, {}],
  [`${gemini}/v1beta/cachedContents`, contents],
  [`${gemini}/v1beta/models/gemini-3-flash:batchGenerateContent`, {}],
  [`${vertex}/operations/1:cancel`, {}],
  ['https://storage.googleapis.com/upload/storage/v1/b/b/o', {}],
  ['https://api.cloudflare.com/client/v4/zones/z/purge_cache', { files: [] }],
  ['https://api.cloudflare.com/client/v4/accounts/a/d1/database/d/query', { sql: 'SELECT 1' }],
  ['https://r.cognitiveservices.azure.com/vision/v3.2/analyze', { url: 'https://x.test/a.png' }],
  ['https://api.replicate.com/v1/predictions/p1/cancel', {}],
  ['https://api.replicate.com/v1/trainings', { input: {} }],
  ['https://shop.test/v1/messages', { to: 'support', text: 'Where is my parcel?' }],
  ['https://shop.test/v1/messages', { model: 'parcel', messages: ['Where is it?'] }],
  ['https://shop.test/api/chat', { room: 7, message: 'Hi' }],
  ['https://shop.test/v2/chat', { message: 'Hi' }],
  ['https://shop.test/responses', { survey: 7, answers: [] }],
  ['https://shop.test/v1/embeddings', { url: 'https://video.test/1' }],
  ['https://shop.test/orders/completions', { order: 7 }],
  ['https://shop.test/v1/ocr', { document: 'receipt.png' }],
  ['https://shop.test/decisions', { questions: ['Buy?'] }],
  ['https://shop.test/images/generations', { of: 'logo' }],
  ['https://shop.test/model/shoe/invoke', { size: 42 }],
  ['https://shop.test/model/shoe/converse', { text: 'Hi' }],
  ['https://shop.test/model/shoe/count-tokens', {}],
  ['https://shop.test/v1/predictions', { input: { customer: 7 } }],
  ['https://shop.test/v1/a/g', [{ provider: 'p', endpoint: 'e', query: {} }]],
  ['https://shop.test/v1/a/g/run', { model: 'm', input: {} }],
  ['https://shop.test/ai/run/@me/report', { prompt: 'Q3' }],
  ['https://shop.test/v4/ai/language-model', { locale: 'de' }],
  ['https://shop.test/stock:predict', { item: 7 }],
  ['https://shop.test/generate', { report: 'Q3' }],
  ['https://shop.test/graphql', { query: '{ messages { role } }' }],
  ['https://shop.test/login', { model: 'm', prompt: 'x' }],
]

/** Calls to models that no format reads. */
const UNREAD: readonly Row[] = [
  ['https://api.openai.com/v1/videos', { model: 'sora-2', prompt: 'An otter' }],
  ['https://api.openai.com/v1/chat/completions', { model: 'm' }],
  ['https://api.anthropic.com/v1/complete', { model: 'claude-2', prompt: 'Hi' }],
  ['https://api.cohere.com/v1/chat', { model: 'm', message: 'Hi' }],
  ['https://api.mistral.ai/v1/classifications', { model: 'm', input: 'Hi' }],
  [`${gemini}/v1beta/models/gemini-9:think`, contents],
  [`${gateway}/elevenlabs/v1/text-to-speech/voice`, { text: 'Hi' }],
  [`${cloudflare}/run/@cf/acme/new`, { something: 1 }],
  ['https://ai-gateway.vercel.sh/v4/ai/image-model', { prompt: 'An otter' }],
  [`${own}/generate`, { inputs: 'Hi', parameters: { max_new_tokens: 9 } }],
  [`${own}/completion`, { prompt: 'Hi', n_predict: 9 }],
  [`${own}/infer`, chat],
  [`${own}/v1/messages`, { messages: said, model: 'm' }],
]

async function sent(method: string, [url, body]: Row) {
  const recorded = memory()
  const errors: TraceError[] = []
  const answers: Response[] = []
  const tracer = createTracer({
    exporters: [recorded],
    onError: (error) => errors.push(error),
    fetch: async () => {
      const answer = Response.json({})
      answers.push(answer)
      return answer
    },
  })
  const init = method === 'GET' ? {} : { body: JSON.stringify(body) }
  const answer = await tracer.fetch(url, { method, ...init })
  const isNative = answer === answers[0]
  await answer.text()
  return {
    formats: recorded.records.map(({ call }) => call?.format),
    told: errors.map(({ code, message }) => `${code}: ${message}`),
    isNative,
  }
}

const calls = Object.entries(CALLS).flatMap(([format, rows]) =>
  rows.map((row): [string, Row] => [format, row]),
)

describe('a request', () => {
  it('is tried here for every format', () => {
    const names = Object.values(entry).flatMap((value) =>
      typeof value === 'object' ? [value.name] : [],
    )
    expect(Object.keys(CALLS).toSorted()).toEqual(names.toSorted())
  })

  it.each(calls)('is a call of %s: %j', async (format, row) => {
    expect(await sent('POST', row)).toMatchObject({ formats: [format], told: [] })
  })

  it.each(calls)('is left alone where it is a GET at an address of %s: %j', async (_, row) => {
    expect(await sent('GET', row)).toEqual({ formats: [], told: [], isNative: true })
  })

  it.each(OTHERS)('is left alone, and nobody told: %s %j', async (...row) => {
    expect(await sent('POST', row)).toEqual({ formats: [], told: [], isNative: true })
  })

  it.each(UNREAD)('is left alone, and told of: %s %j', async (...row) => {
    const { host, pathname } = new URL(row[0])
    expect(await sent('POST', row)).toEqual({
      formats: [],
      told: [
        `unread_call: A request to ${host}${pathname} looks like a call to a model, and is of no format that is known: it is not recorded. Pass a format for it in the option "formats".`,
      ],
      isNative: true,
    })
  })
})
