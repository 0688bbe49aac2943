/**
 * For tests of what traces: cassettes of model traffic, faults, and matchers.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace'
 * import { fault, memory } from 'carrot-trace/testing'
 * import OpenAI from 'openai'
 *
 * const recorded = memory()
 * const failing = fault({ status: 500, retryAfterMs: 1 }) // once
 * const tracer = createTracer({ exporters: [recorded] })
 * const openai = tracer.wrap(new OpenAI({ fetch: failing })) // which tries again
 * await openai.chat.completions.create({ model: 'gpt-4o', messages: [] })
 * console.log(recorded.records[0]?.call?.attempts?.length) // 1
 * ```
 *
 * @module
 */

export { memory, type MemoryExporter } from './lib/export/memory.ts'
export { cassette, type Cassette, type CassetteFile } from './lib/testing/cassette.ts'
export { record, type RecordOptions } from './lib/testing/record.ts'
export { replay, type ReplayOptions } from './lib/testing/replay.ts'
export type {
  RecordedBody,
  RecordedChunk,
  RecordedRequest,
  RecordedResponse,
  Recording,
} from './lib/testing/recording.ts'
export { fault } from './lib/testing/fault.ts'
export type { Fault, FaultRequest } from './lib/testing/fault-options.ts'
export { matchers } from './lib/testing/matchers.ts'
export type { CallPattern, TokenBounds, TraceMatchers } from './lib/testing/matching.ts'
export type { Asymmetric, MembersOf, PartOf } from './lib/testing/partial.ts'
export type { TreeShape } from './lib/testing/tree.ts'
export type { Fetch } from './lib/tracer/options.ts'
