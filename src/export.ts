/**
 * Traces as JSONL: for training in the chat format of OpenAI, and as they are.
 *
 * @module
 */

export { toFineTuning } from './lib/jsonl/fine-tuning.ts'
export { toRawRecords } from './lib/jsonl/raw.ts'
export type { FineTuning, SkippedCall } from './lib/jsonl/fine-tuning.ts'
export type { SpanRecord } from './lib/record.ts'
