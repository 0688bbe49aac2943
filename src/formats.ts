/**
 * The wire formats by name, for `carrot-trace/core`; and what one of your own is made of.
 *
 * @module
 */

export { anthropicCountTokens } from './lib/formats/anthropic-count-tokens.ts'
export { anthropicMessages } from './lib/formats/anthropic-messages.ts'
export { googleCountTokens } from './lib/formats/google-count-tokens.ts'
export { googleEmbed } from './lib/formats/google-embed.ts'
export { googleGenerateContent } from './lib/formats/google-generate-content.ts'
export { googleInteractions } from './lib/formats/google-interactions.ts'
export { openaiChat } from './lib/formats/openai-chat.ts'
export { openaiCompletions } from './lib/formats/openai-completions.ts'
export { openaiEmbeddings } from './lib/formats/openai-embeddings.ts'
export { openaiImages } from './lib/formats/openai-images.ts'
export { openaiModerations } from './lib/formats/openai-moderations.ts'
export { openaiResponses } from './lib/formats/openai-responses.ts'
export { openaiSpeech } from './lib/formats/openai-speech.ts'
export { openaiTranscription } from './lib/formats/openai-transcription.ts'
export { jsonArray } from './lib/framing/json-array.ts'
export { sse } from './lib/framing/sse.ts'
export type { WireFormat } from './lib/formats/format.ts'
export type { StreamUsage } from './lib/formats/stream-usage.ts'
export type { Framing, FramingSink, StreamFraming } from './lib/framing/framing.ts'
export type { Bulk } from './lib/framing/reader.ts'
export type { Json, JsonObject } from './lib/json.ts'
export type { ModelCall } from './lib/record.ts'
