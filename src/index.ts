/**
 * Traces LLM calls by wrapping `fetch`, on any JavaScript runtime.
 *
 * The functions here use one tracer, made by `init` or, where the environment says enough
 * (`CARROT_API_KEY`), on first use.
 *
 * @example
 * ```ts
 * import * as carrot from 'carrot-trace'
 * import OpenAI from 'openai'
 *
 * const openai = carrot.wrap(new OpenAI())
 * const answer = carrot.trace(async function answer(question: string) {
 *   const reply = await openai.chat.completions.create({
 *     model: 'gpt-4o',
 *     messages: [{ role: 'user', content: question }],
 *   })
 *   return reply.choices[0]?.message.content
 * })
 *
 * await answer('How do I reset my password?')
 * await carrot.flush()
 * ```
 *
 * @module
 */

export {
  currentSpan,
  doctor,
  fetch,
  flush,
  patchFetch,
  shutdown,
  span,
  startSpan,
  trace,
  withAttributes,
  wrap,
  wrapFetch,
} from './lib/tracer/global.ts'
export { createTracer, init } from './lib/tracer/default.ts'
export { TraceError, type TraceErrorCode } from './lib/errors.ts'
export { collector, type CollectorOptions } from './lib/export/collector.ts'
export { consoleExporter, type ConsoleOptions } from './lib/export/console.ts'
export type { Circumstances, ExportReceipt, Exporter, Rejection } from './lib/export/exporter.ts'
export { memory, type MemoryExporter } from './lib/export/memory.ts'
export type { BatchLimits } from './lib/export/batch.ts'
export type { Receipt } from './lib/export/send.ts'
export type { ContentLevel } from './lib/content.ts'
export type { Content, Redaction } from './lib/redaction.ts'
export type { WireFormat } from './lib/formats/format.ts'
export type { Json, JsonObject } from './lib/json.ts'
export type { Keep, KeepRule } from './lib/tracer/sampling.ts'
export type { Fetch, TracerOptions } from './lib/tracer/options.ts'
export type { Attributes, CallDefaults, SpanOptions } from './lib/tracer/span-options.ts'
export type { Resource, SpanKind, SpanRecord, SpanStatus, TraceIds } from './lib/record.ts'
export type { ErrorRecord } from './lib/error-record.ts'
export type { Ended, ModelCall, RequestParams } from './lib/model-call.ts'
export type { Usage } from './lib/usage.ts'
export type { Choice, FinishReason, Message, Part } from './lib/message.ts'
export type { Patch } from './lib/tracer/patch.ts'
export type { Diagnosis, Finding } from './lib/tracer/doctor.ts'
export type { SpanCarrier } from './lib/tracer/distributed.ts'
export type { Scope, Span, SpanChanges } from './lib/tracer/scope.ts'
export type { MethodDecorator, Trace, TraceOptions } from './lib/tracer/trace.ts'
export type { Tracer } from './lib/tracer/tracer.ts'
