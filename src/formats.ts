/**
 * The wire formats by name, for `carrot-trace/core`; and what one of your own is made of.
 *
 * @module
 */

export { anthropicCountTokens } from './lib/formats/anthropic-count-tokens.ts'
export { anthropicMessages } from './lib/formats/anthropic-messages.ts'
export { bedrockConverse } from './lib/formats/bedrock-converse.ts'
export { bedrockCountTokens } from './lib/formats/bedrock-count-tokens.ts'
export { bedrockInvoke } from './lib/formats/bedrock-invoke.ts'
export { cloudflareUniversal } from './lib/formats/cloudflare-universal.ts'
export { cohereChat } from './lib/formats/cohere-chat.ts'
export { cohereEmbed } from './lib/formats/cohere-embed.ts'
export { cohereRerank } from './lib/formats/cohere-rerank.ts'
export { mistralConversations } from './lib/formats/mistral-conversations.ts'
export { mistralFim } from './lib/formats/mistral-fim.ts'
export { mistralOcr } from './lib/formats/mistral-ocr.ts'
export { ollamaChat } from './lib/formats/ollama-chat.ts'
export { ollamaEmbed } from './lib/formats/ollama-embed.ts'
export { ollamaGenerate } from './lib/formats/ollama-generate.ts'
export { googleCountTokens } from './lib/formats/google-count-tokens.ts'
export { googleEmbed } from './lib/formats/google-embed.ts'
export { googleGenerateContent } from './lib/formats/google-generate-content.ts'
export { googleInteractions } from './lib/formats/google-interactions.ts'
export { googlePredict } from './lib/formats/google-predict.ts'
export { openaiChat } from './lib/formats/openai-chat.ts'
export { openaiCompletions } from './lib/formats/openai-completions.ts'
export { openaiCountTokens } from './lib/formats/openai-count-tokens.ts'
export { openaiDecisions } from './lib/formats/openai-decisions.ts'
export { openaiEmbeddings } from './lib/formats/openai-embeddings.ts'
export { openaiImages } from './lib/formats/openai-images.ts'
export { openaiModerations } from './lib/formats/openai-moderations.ts'
export { openaiResponses } from './lib/formats/openai-responses.ts'
export { openaiSpeech } from './lib/formats/openai-speech.ts'
export { openaiTranscription } from './lib/formats/openai-transcription.ts'
export { replicatePredictions } from './lib/formats/replicate-predictions.ts'
export { vercelLanguageModel } from './lib/formats/vercel-language-model.ts'
export { workersaiRun } from './lib/formats/workersai-run.ts'
export { awsEventStream } from './lib/framing/aws-event-stream.ts'
export { jsonArray } from './lib/framing/json-array.ts'
export { ndjson } from './lib/framing/ndjson.ts'
export { sse } from './lib/framing/sse.ts'
export { params } from './lib/formats/params.ts'
export {
  addArguments,
  addOther,
  addText,
  choiceAt,
  finish,
  nameToolCall,
} from './lib/formats/reply.ts'
export { exclusiveUsage, inclusiveUsage, type Counts } from './lib/formats/usage.ts'
export { fields, items, number, string } from './lib/json.ts'
export type { Header, WireFormat } from './lib/formats/format.ts'
export type { StreamUsage } from './lib/formats/stream-usage.ts'
export type { Framing, FramingSink, StreamFraming } from './lib/framing/framing.ts'
export type { Bulk } from './lib/framing/reader.ts'
export type { Json, JsonObject } from './lib/json.ts'
export type { ModelCall } from './lib/model-call.ts'
