/**
 * The wire formats by name, for `carrot-trace/core`; and what one of your own is made of.
 *
 * @module
 */

export { anthropicMessages } from './lib/formats/anthropic-messages.ts'
export { cohereChat } from './lib/formats/cohere-chat.ts'
export { cohereEmbed } from './lib/formats/cohere-embed.ts'
export { cohereRerank } from './lib/formats/cohere-rerank.ts'
export { mistralConversations } from './lib/formats/mistral-conversations.ts'
export { mistralFim } from './lib/formats/mistral-fim.ts'
export { ollamaChat } from './lib/formats/ollama-chat.ts'
export { ollamaEmbed } from './lib/formats/ollama-embed.ts'
export { ollamaGenerate } from './lib/formats/ollama-generate.ts'
export { openaiChat } from './lib/formats/openai-chat.ts'
export { openaiCompletions } from './lib/formats/openai-completions.ts'
export { openaiEmbeddings } from './lib/formats/openai-embeddings.ts'
export { openaiImages } from './lib/formats/openai-images.ts'
export { openaiModerations } from './lib/formats/openai-moderations.ts'
export { openaiResponses } from './lib/formats/openai-responses.ts'
export { openaiSpeech } from './lib/formats/openai-speech.ts'
export { openaiTranscription } from './lib/formats/openai-transcription.ts'
export { ndjson } from './lib/framing/ndjson.ts'
export { sse } from './lib/framing/sse.ts'
export type { WireFormat } from './lib/formats/format.ts'
export type { StreamUsage } from './lib/formats/stream-usage.ts'
export type { Framing, FramingSink, StreamFraming } from './lib/framing/framing.ts'
export type { Bulk } from './lib/framing/reader.ts'
export type { Json, JsonObject } from './lib/json.ts'
export type { ModelCall } from './lib/record.ts'
