/**
 * `createTracer` with no wire format built in: pass the ones you want from `carrot-trace/formats`, and
 * your bundle holds those alone. The main entry knows them all.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace/core'
 * import { openaiChat } from 'carrot-trace/formats'
 *
 * const tracer = createTracer({ apiKey: 'sk-my-key', formats: [openaiChat] })
 * await tracer.span('step', (s) => s.fetch('data:,'))
 * ```
 *
 * @module
 */

export { createTracer } from './lib/tracer/bare.ts'
export { TraceError, type TraceErrorCode } from './lib/errors.ts'
export type { BatchLimits } from './lib/export/batch.ts'
export type { Receipt } from './lib/export/send.ts'
export type { Circumstances, ExportReceipt, Exporter, Rejection } from './lib/export/exporter.ts'
export type { ContentLevel } from './lib/content.ts'
export type { Content, Redaction } from './lib/redaction.ts'
export type { WireFormat } from './lib/formats/format.ts'
export type { SpanRecord } from './lib/record.ts'
export type { Keep, KeepRule } from './lib/tracer/sampling.ts'
export type { Fetch, TracerOptions } from './lib/tracer/options.ts'
export type { SpanCarrier } from './lib/tracer/distributed.ts'
export type { Scope, Span, SpanChanges } from './lib/tracer/scope.ts'
export type { Attributes, CallDefaults, SpanOptions } from './lib/tracer/span-options.ts'
export type { MethodDecorator, Trace, TraceOptions } from './lib/tracer/trace.ts'
export type { Tracer } from './lib/tracer/tracer.ts'
