/**
 * What traces are exported as: each format says which lines a step, or a whole trace, becomes.
 *
 * @module
 */

import { toFineTuning } from '../../src/lib/jsonl/fine-tuning.ts'
import { toRequest } from '../../src/lib/otlp/body.ts'
import { standard } from '../../src/lib/otlp/profile.ts'
import type { SpanDetail } from '../store/store.ts'
import { spanRecord } from './span-record.ts'

/**
 * `chat`: calls as examples for training, in OpenAI's chat format. `skipped`: the calls that are none, each
 * with the reason. `otlp`: spans of OpenTelemetry, as its file exporter writes them.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */
export const EXPORTS = ['chat', 'skipped', 'otlp'] as const
export type ExportFormat = (typeof EXPORTS)[number]

/** Of some steps of one trace. */
export const linesOf: Record<ExportFormat, (steps: readonly SpanDetail[]) => string[]> = {
  chat: (steps) => [...toFineTuning(steps.map(spanRecord)).lines],
  skipped: (steps) =>
    toFineTuning(steps.map(spanRecord)).skipped.map(({ id, reason }) =>
      JSON.stringify({ id, trace_id: steps.find((step) => step.id === id)?.traceId, reason }),
    ),
  otlp(steps) {
    // A span cannot be replaced in OpenTelemetry, so one that runs is none yet.
    const ended = steps.filter(({ status }) => status !== 'running')
    return ended.length === 0
      ? []
      : [JSON.stringify(toRequest(ended.map(spanRecord), standard, {}))]
  },
}
