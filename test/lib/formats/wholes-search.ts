/**
 * Embeddings and rankings of Ollama and Cohere, which come whole only.
 *
 * @module
 */

import type { Whole } from './wholes.ts'

const vector = (dimensions: number) =>
  Array.from({ length: dimensions }, (_, index) => Math.sin(index) / 40)
const bytes = (count: number) => Array.from({ length: count }, (_, index) => (index * 37) % 256)
const base64 = (dimensions: number) =>
  Buffer.from(new Float32Array(vector(dimensions)).buffer).toString('base64')

const embedded = { model: 'nomic-embed-text', total_duration: 14_143_917, load_duration: 1_019_500 }
const meta = (billed_units: object) => ({ api_version: { version: '2' }, billed_units })
const none = { input: null, output: null, total: null, cacheRead: null }
const v4 = { model: 'embed-v4.0', input_type: 'search_document' }
const ranked = { model: 'rerank-v3.5', query: 'Which?', documents: ['a', 'b', 'c'], top_n: 2 }
const ranks = [
  { index: 2, relevance_score: 0.98 },
  { index: 0, relevance_score: 0.11 },
]
const ranking = {
  name: 'rerank rerank-v3.5',
  kind: 'retriever',
  output: { role: 'assistant', content: null, blocks: [{ type: 'ranking', results: ranks }] },
  call: {
    provider: 'cohere',
    operation: 'rerank',
    request: { model: 'rerank-v3.5', inputCount: 3 },
    response: { id: 'rank-1', outputCount: 2 },
    usage: { ...none, source: 'provider', final: true, searchUnits: 1 },
  },
}

const cohere = (name: string, request: object, embeddings: object, dimensions: number): Whole => ({
  name: `cohere embeddings, ${name}`,
  url: 'https://api.cohere.com/v2/embed',
  request: { ...v4, ...request },
  whole: { id: 'embed-1', embeddings, texts: ['a'], meta: meta({ input_tokens: 6 }) },
  record: {
    name: 'embeddings embed-v4.0',
    kind: 'embedding',
    call: {
      provider: 'cohere',
      format: 'cohere.embed',
      response: { id: 'embed-1', choices: [], dimensions },
      usage: { ...none, source: 'provider', final: true, input: 6 },
    },
  },
})

export const searchWholes: readonly Whole[] = [
  {
    name: 'ollama embeddings of two texts',
    url: 'http://localhost:11434/api/embed',
    request: { model: 'nomic-embed-text', input: ['a', 'b'], dimensions: 768 },
    whole: { ...embedded, embeddings: [vector(768), vector(768)], prompt_eval_count: 8 },
    record: {
      name: 'embeddings nomic-embed-text',
      kind: 'embedding',
      call: {
        provider: 'ollama',
        request: { stream: false, inputCount: 2, params: { dimensions: 768 } },
        response: { model: 'nomic-embed-text', choices: [], outputCount: 2, dimensions: 768 },
        usage: { ...none, source: 'provider', final: true, input: 8 },
      },
    },
  },
  {
    name: 'ollama embedding of old, which counts nothing',
    url: 'http://localhost:11434/api/embeddings',
    request: { model: 'nomic-embed-text', prompt: 'a' },
    whole: { embedding: vector(768) },
    record: {
      call: {
        format: 'ollama.embed',
        request: { inputCount: 1 },
        response: { outputCount: 1, dimensions: 768 },
        usage: { ...none, source: 'absent' },
      },
    },
  },
  {
    name: 'embeddings of OpenAI’s form at the address of Ollama’s of old',
    url: 'http://localhost:3000/api/embeddings',
    request: { model: 'nomic-embed-text', input: ['a'] },
    whole: { data: [{ index: 0, embedding: vector(768) }], usage: { prompt_tokens: 3 } },
    record: {
      call: {
        format: 'openai.embeddings',
        response: { outputCount: 1, dimensions: 768 },
        usage: { source: 'provider', input: 3 },
      },
    },
  },
  {
    name: 'a model of ollama that is loaded, and asked nothing',
    url: 'http://localhost:11434/api/chat',
    request: { model: 'qwen3', messages: [], stream: false },
    whole: { model: 'qwen3', message: {}, done: true, done_reason: 'load' },
    record: {
      output: { content: null },
      call: {
        response: { choices: [{ finishReason: 'stop', finishReasonRaw: 'load' }] },
        usage: { ...none, source: 'absent' },
      },
    },
  },
  cohere('in two types', { texts: ['a'] }, { float: [vector(1536)], int8: [bytes(1536)] }, 1536),
  cohere('in bits', { texts: ['a'] }, { float: null, ubinary: [bytes(192)] }, 1536),
  cohere('in base64', { inputs: [{ content: [] }] }, { base64: [base64(1024)] }, 1024),
  cohere('in one list', { texts: ['a', 'b'] }, [vector(256), vector(256)], 256),
  {
    name: 'cohere embeddings of the first version, of three texts',
    url: 'https://api.cohere.com/v1/embed',
    request: {
      ...v4,
      texts: ['a', 'b', 'c'],
      embedding_types: ['int8'],
      output_dimension: 256,
    },
    whole: { id: 'e', embeddings: { int8: [bytes(256), bytes(256), bytes(256)] } },
    record: {
      call: {
        request: { inputCount: 3, params: { dimensions: 256, encodingFormat: 'int8' } },
        response: { outputCount: 3, dimensions: 256 },
        usage: { ...none, source: 'absent' },
      },
    },
  },
  {
    name: 'pages of a document that mistral reads',
    url: 'https://api.mistral.ai/v1/ocr',
    request: {
      model: 'mistral-ocr-latest',
      document: { type: 'document_url', document_url: 'https://x.test/a.pdf' },
    },
    whole: {
      model: 'mistral-ocr-2512',
      pages: [
        {
          index: 0,
          markdown: '# Report',
          images: [
            { id: 'img-0.jpeg', image_base64: `data:image/jpeg;base64,${'A'.repeat(80_000)}` },
          ],
          dimensions: { dpi: 200, height: 2200, width: 1700 },
        },
        { index: 1, markdown: 'Grüße 👩‍👩‍👧', images: [] },
      ],
      usage_info: { pages_processed: 2, doc_size_bytes: 12_345 },
    },
    record: {
      name: 'ocr mistral-ocr-latest',
      output: { role: 'assistant', content: '# Report\n\nGrüße 👩‍👩‍👧' },
      call: {
        provider: 'mistral_ai',
        response: { model: 'mistral-ocr-2512', outputCount: 2 },
        usage: { ...none, source: 'provider', final: true, pages: 2 },
      },
    },
  },
  {
    name: 'a ranking',
    url: 'https://api.cohere.com/v2/rerank',
    request: ranked,
    whole: { id: 'rank-1', results: ranks, meta: meta({ search_units: 1 }) },
    record: ranking,
  },
  {
    name: 'a ranking of the first version, which says the documents again',
    url: 'https://api.cohere.com/v1/rerank',
    request: { ...ranked, return_documents: true },
    whole: {
      id: 'rank-1',
      results: ranks.map((rank) => ({ ...rank, document: { text: 'a '.repeat(3_000) } })),
      meta: meta({ search_units: 1 }),
    },
    record: ranking,
  },
]
