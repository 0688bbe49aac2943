/**
 * What a corpus of model APIs should hold, row by row, and where each is here: as fixtures, in a test
 * that a file cannot stand for, or not at all, with the reason.
 *
 * @module
 */

export interface Row {
  what: string
  /** By folder and the beginning of their files' names. */
  fixtures?: readonly string[]
  /** Tests of what is no answer of an API: what the application, the network or the tracer does. */
  tests?: readonly string[]
  why?: string
}

const chat = (...names: string[]) => names.map((name) => `openai.chat/${name}`)
const responses = (...names: string[]) => names.map((name) => `openai.responses/${name}`)
const claude = (...names: string[]) => names.map((name) => `anthropic.messages/${name}`)
const gemini = (...names: string[]) => names.map((name) => `google.generate_content/${name}`)

const GETS =
  'what is asked for by GET is no call: clients poll, and each poll would count the same tokens again'

export const ROWS: readonly Row[] = [
  { what: 'chat, minimal', fixtures: chat('openai-the-smallest-answer') },
  { what: 'chat, details zero', fixtures: chat('openai-details-that-are-all-zero') },
  { what: 'chat, unicode', fixtures: chat('openai-strange', 'openai-text-in-many-scripts') },
  { what: 'chat, audio out', fixtures: chat('openai-said-aloud') },
  { what: 'chat, logprobs, n 4', fixtures: chat('openai-four-choices') },
  { what: 'chat, stream', fixtures: chat('openai-text-in-many-scripts') },
  { what: 'chat, stream without usage', fixtures: chat('openai-a-function-call-of-old') },
  {
    what: 'chat, stream whose usage is asked for unseen',
    tests: ['test/lib/stream-usage.test.ts'],
  },
  { what: 'chat, stream of one tool call', fixtures: chat('openai-one-tool-call-in-thirty') },
  { what: 'chat, stream of eight tool calls', fixtures: chat('openai-eight-tool-calls') },
  { what: 'chat, stream of a custom tool', fixtures: chat('openai-a-tool-that-takes-text') },
  { what: 'chat, stream of a refusal', fixtures: chat('openai-a-refusal') },
  { what: 'chat, stream of two, one filtered', fixtures: chat('openai-two-choices-one') },
  { what: 'chat, stream of audio', fixtures: chat('openai-said-aloud') },
  { what: 'chat, stream, error first', fixtures: chat('a-stream-whose-only-event-is-an-error') },
  { what: 'chat, stream, error late', fixtures: chat('a-stream-that-fails-after-text') },
  { what: 'chat, stream cut', fixtures: chat('a-stream-that-is-cut-between') },
  { what: 'chat, stream cut in a character', fixtures: chat('a-stream-that-is-cut-within') },
  {
    what: 'chat, stream that the application cancels',
    tests: ['test/lib/fetch.test.ts', 'test/fidelity/scenarios.ts'],
  },
  { what: 'chat, stream that is never read', tests: ['test/lib/abandoned.test.ts'] },
  {
    what: 'chat, 401, 404, 429, 500',
    fixtures: chat('http-401', 'http-404', 'http-429', 'http-500'),
  },
  {
    what: 'chat, network failure and timeout',
    tests: ['test/lib/fetch.test.ts', 'test/fidelity/scenarios.ts'],
  },
  { what: 'responses, text', fixtures: responses('openai-responses-reasoning') },
  { what: 'responses, all items', fixtures: responses('every-item') },
  { what: 'responses, stream of text', fixtures: responses('openai-responses-reasoning') },
  { what: 'responses, stream of tools', fixtures: responses('openai-responses-a-search') },
  { what: 'responses, stream of reasoning', fixtures: responses('openai-responses-cut') },
  {
    what: 'responses, stream of an image',
    fixtures: responses('openai-responses-a-picture'),
    tests: ['test/lib/formats/bulk.test.ts'],
  },
  { what: 'responses, stream filtered', fixtures: responses('openai-responses-a-refusal') },
  { what: 'responses, stream cut', fixtures: responses('a-stream-of-a-response-that-is-cut') },
  {
    what: 'responses, in the background, polled',
    fixtures: responses('a-response-in-the-background'),
    why: GETS,
  },
  {
    what: 'embeddings',
    fixtures: [
      'openai.embeddings/embeddings-of-two-texts',
      'openai.embeddings/embeddings-in-base64-of-1536',
      'cohere.embed/',
      'google.embed/',
      'workersai.run/workers-ai-vectors',
      'ollama.embed/',
    ],
  },
  {
    what: 'images',
    fixtures: ['openai.images/openai-images-generation', 'openai.images/openai-images-edit'],
  },
  {
    what: 'transcription and speech',
    fixtures: [
      'openai.transcription/openai-transcription',
      'openai.transcription/a-transcription-as-text',
      'openai.speech/speech-in-bytes',
      'openai.speech/speech-as-events',
    ],
  },
  { what: 'moderation, decisions', fixtures: ['openai.moderations/', 'openai.decisions/'] },
  {
    what: 'azure',
    fixtures: chat('azure-whose-first', 'chat-of-openais-form-at-r-services-ai-azure'),
  },
  { what: 'messages, text', fixtures: claude('anthropic-on-foundry', 'anthropic-stopped-by') },
  {
    what: 'messages, cached for an hour',
    fixtures: claude('anthropic-thinking-text-and-tools'),
    tests: ['test/dashboard/price.test.ts'],
  },
  { what: 'messages, all blocks', fixtures: claude('anthropic-every-block') },
  { what: 'messages, stream', fixtures: claude('anthropic-thinking-text-and-tools') },
  {
    what: 'messages, stream of thoughts between tools',
    fixtures: claude('anthropic-thoughts-between'),
  },
  {
    what: 'messages, stream of a tool without input',
    fixtures: claude('anthropic-thinking-text-and-tools'),
  },
  { what: 'messages, compaction', fixtures: claude('anthropic-a-compaction') },
  {
    what: 'messages, errors',
    fixtures: claude('a-stream-that-fails-before', 'a-stream-that-fails-after'),
  },
  {
    what: 'token counts',
    fixtures: [
      'anthropic.count_tokens/',
      'google.count_tokens/',
      'bedrock.count_tokens/',
      'openai.count_tokens/',
    ],
  },
  {
    what: 'anthropic on vertex and bedrock',
    fixtures: [...claude('anthropic-on-vertex'), 'bedrock.invoke/bedrock-invoke-claude'],
  },
  {
    what: 'gemini, text, pictures, grounding',
    fixtures: gemini(
      'gemini-as-events-thoughts',
      'gemini-as-events-code',
      'an-answer-with-the-sources',
    ),
  },
  { what: 'gemini, streams', fixtures: gemini('gemini-as-events', 'gemini-as-an-array') },
  {
    what: 'gemini, error inside',
    fixtures: gemini('an-error-within-events', 'an-error-within-an-array'),
  },
  {
    what: 'gemini, thoughts inside and outside',
    fixtures: [
      ...gemini('gemini-as-events-thoughts-that-are-told-inside'),
      ...chat('geminis-compatible-address'),
    ],
  },
  {
    what: 'interactions, two hops',
    fixtures: ['google.interactions/interaction', 'google.interactions/the-second-of-two-hops'],
  },
  {
    what: 'converse',
    fixtures: [
      'bedrock.converse/bedrock-converse-reasoning',
      'bedrock.converse/bedrock-converse-stopped-by-a-guardrail',
    ],
  },
  {
    what: 'converse, streams',
    fixtures: [
      'bedrock.converse/bedrock-converse-reasoning',
      'bedrock.converse/a-stream-with-a-message',
      'bedrock.converse/a-stream-that-is-cut',
    ],
  },
  {
    what: 'invoke, streams',
    fixtures: [
      'bedrock.invoke/bedrock-invoke-llama',
      'bedrock.invoke/bedrock-invoke-nova',
      'bedrock.invoke/bedrock-invoke-titan',
    ],
  },
  {
    what: 'workers ai',
    fixtures: [
      'workersai.run/workers-ai-openais-form',
      'workersai.run/workers-ai-its-own-form',
      'workersai.run/a-picture-in-bytes',
      'workersai.run/workers-ai-vectors',
    ],
  },
  {
    what: 'cloudflare’s gateway',
    fixtures: [
      ...chat(
        'the-gateways-openai',
        'the-gateways-compat',
        'an-answer-from-the-gateways-cache',
        'the-gateway-refuses',
      ),
      ...claude('the-gateways-anthropic'),
      'cloudflare.universal/the-second-of-two-requests',
    ],
  },
  {
    what: 'openrouter',
    fixtures: [
      ...chat('openrouter-with-its-price', 'a-stream-that-says-its-end'),
      ...responses('a-response-by-openrouter'),
    ],
  },
  {
    what: 'compatible hosts',
    fixtures: chat(
      'deepseek',
      'groq',
      'xai',
      'perplexity',
      'mistral',
      'together',
      'fireworks',
      'cerebras',
    ),
  },
  { what: 'mistral', fixtures: ['mistral.fim/', 'mistral.conversations/', 'mistral.ocr/'] },
  {
    what: 'cohere',
    fixtures: ['cohere.chat/cohere-thinking-text-and-citations', 'cohere.embed/', 'cohere.rerank/'],
  },
  { what: 'ollama', fixtures: ['ollama.chat/', 'ollama.generate/', 'ollama.embed/'] },
  {
    what: 'replicate',
    fixtures: [
      'replicate.predictions/replicate-made-and-not-waited',
      'replicate.predictions/a-prediction-that-failed',
    ],
    why: GETS,
  },
  {
    what: 'hugging face’s router, vercel’s gateway',
    fixtures: [...chat('hugging-faces-router', 'vercels-compatible'), 'vercel.language_model/'],
  },
  {
    what: 'no call to a model',
    tests: ['test/lib/formats/recognition.test.ts', 'test/lib/unread.test.ts'],
  },
]
