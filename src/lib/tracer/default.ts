/**
 * The tracer that the package's own functions use: made by `init`, or when it is first needed.
 *
 * @module
 */

import { anthropicCountTokens } from '../formats/anthropic-count-tokens.ts'
import { anthropicMessages } from '../formats/anthropic-messages.ts'
import { bedrockConverse } from '../formats/bedrock-converse.ts'
import { bedrockCountTokens } from '../formats/bedrock-count-tokens.ts'
import { bedrockInvoke } from '../formats/bedrock-invoke.ts'
import { cloudflareUniversal } from '../formats/cloudflare-universal.ts'
import { cohereChat } from '../formats/cohere-chat.ts'
import { cohereEmbed } from '../formats/cohere-embed.ts'
import { cohereRerank } from '../formats/cohere-rerank.ts'
import { mistralConversations } from '../formats/mistral-conversations.ts'
import { mistralFim } from '../formats/mistral-fim.ts'
import { mistralOcr } from '../formats/mistral-ocr.ts'
import { ollamaChat } from '../formats/ollama-chat.ts'
import { ollamaEmbed } from '../formats/ollama-embed.ts'
import { ollamaGenerate } from '../formats/ollama-generate.ts'
import { googleCountTokens } from '../formats/google-count-tokens.ts'
import { googleEmbed } from '../formats/google-embed.ts'
import { googleGenerateContent } from '../formats/google-generate-content.ts'
import { googleInteractions } from '../formats/google-interactions.ts'
import { googlePredict } from '../formats/google-predict.ts'
import { openaiChat } from '../formats/openai-chat.ts'
import { openaiCompletions } from '../formats/openai-completions.ts'
import { openaiCountTokens } from '../formats/openai-count-tokens.ts'
import { openaiDecisions } from '../formats/openai-decisions.ts'
import { openaiEmbeddings } from '../formats/openai-embeddings.ts'
import { openaiImages } from '../formats/openai-images.ts'
import { openaiModerations } from '../formats/openai-moderations.ts'
import { openaiResponses } from '../formats/openai-responses.ts'
import { openaiSpeech } from '../formats/openai-speech.ts'
import { openaiTranscription } from '../formats/openai-transcription.ts'
import { replicatePredictions } from '../formats/replicate-predictions.ts'
import { vercelLanguageModel } from '../formats/vercel-language-model.ts'
import { workersaiRun } from '../formats/workersai-run.ts'
import { copyOf } from './copies.ts'
import type { TracerOptions } from './options.ts'
import type { Core } from './span.ts'
import { assemble, type Tracer } from './tracer.ts'

const FORMATS = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  googleGenerateContent,
  googleInteractions,
  googleEmbed,
  googlePredict,
  googleCountTokens,
  anthropicCountTokens,
  openaiEmbeddings,
  openaiCompletions,
  openaiImages,
  openaiTranscription,
  openaiSpeech,
  openaiModerations,
  openaiDecisions,
  openaiCountTokens,
  ollamaChat,
  ollamaGenerate,
  ollamaEmbed, // after OpenAI's, which shares an address with it
  cohereChat,
  cohereEmbed,
  cohereRerank,
  mistralFim,
  mistralConversations,
  mistralOcr,
  bedrockConverse,
  bedrockInvoke,
  bedrockCountTokens,
  workersaiRun,
  cloudflareUniversal,
  vercelLanguageModel,
  replicatePredictions,
]

const BUILT_IN = { formats: FORMATS, copy: copyOf }

let options: TracerOptions = {}
let current: { core: Core; tracer: Tracer } | undefined
let isInitial = true

/** Whether `init` has been called. */
export function isInitialised(): boolean {
  return !isInitial
}

/** The tracer in force. */
export function inForce(): { core: Core; tracer: Tracer } {
  return (current ??= assemble(options, BUILT_IN))
}

/**
 * Sets up the tracer that the package's own functions use, `fetch`, `trace` and the others.
 *
 * Not needed where `CARROT_API_KEY` (and `CARROT_BASE_URL`) are set. Calling it again replaces the
 * tracer, and sends what the earlier one holds; with the same options it changes nothing, so that
 * a handler may call it on every request.
 *
 * @param given What to record and where to send it; all of it optional.
 * @returns The tracer.
 * @throws {TraceError} `invalid_option`, for an option that is misspelt or impossible.
 *
 * @example
 * ```ts
 * import * as carrot from 'carrot-trace'
 *
 * carrot.init({ apiKey: 'sk-my-key', baseUrl: 'http://localhost:8787', service: 'support-bot' })
 * ```
 */
export function init(given: TracerOptions = {}): Tracer {
  isInitial = false
  if (current && isSame(options, given)) return current.tracer
  const next = assemble(given, BUILT_IN)
  void current?.tracer.shutdown()
  options = given
  current = next
  return next.tracer
}

/**
 * A tracer of its own, beside the one of `init`: for a library, a tenant or a test.
 *
 * @param given What to record and where to send it; all of it optional.
 * @throws {TraceError} `invalid_option`, for an option that is misspelt or impossible.
 *
 * @example
 * ```ts
 * import { createTracer, memory } from 'carrot-trace'
 *
 * const recorded = memory()
 * const tracer = createTracer({ exporters: [recorded] })
 * tracer.span('step', () => 42)
 * console.log(recorded.records[0]?.output) // 42
 * ```
 */
export function createTracer(given: TracerOptions = {}): Tracer {
  return createCore(given).tracer
}

/** The same, with the side of it that is not the application's. */
export function createCore(given: TracerOptions): { core: Core; tracer: Tracer } {
  return assemble(given, BUILT_IN)
}

function isSame(before: TracerOptions, now: TracerOptions): boolean {
  const known = new Map<string, unknown>(Object.entries(before))
  const entries = Object.entries(now)
  return (
    entries.length === known.size && entries.every(([name, value]) => known.get(name) === value)
  )
}
