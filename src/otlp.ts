/**
 * Sends traces to any OpenTelemetry backend, by the names that it reads.
 *
 * @module
 */

export { otlp } from './lib/otlp/otlp.ts'
export { langfuse, langfuseProfile, type LangfuseOptions } from './lib/otlp/langfuse.ts'
export { openinference } from './lib/otlp/openinference.ts'
export { older, standard, type Profile } from './lib/otlp/profile.ts'
export type { Plain } from './lib/otlp/attributes.ts'
export type { Encoding } from './lib/otlp/encoding.ts'
export type { Conversation, Message } from './lib/otlp/messages.ts'
export type { MessagePart } from './lib/otlp/part.ts'
export type { OtlpOptions } from './lib/otlp/options.ts'
export type { AnyValue, ExportRequest, KeyValue, OtlpSpan } from './lib/otlp/shape.ts'
