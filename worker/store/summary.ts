/**
 * The summary row of a trace and the labels it is found by, kept at write so that the list never
 * adds up anything.
 *
 * @module
 */

import type { Driver } from './driver.ts'
import { readTags, shownKind, shownName, type SpanColumns, type StoredSpan } from './rows.ts'
import { sql, traceValues } from './sql.ts'
import { encode } from './text.ts'

type Totals = {
  spans: number
  errors: number
  start_us: number
  end_us: number | null
  input_tokens: number | null
  output_tokens: number | null
}

/** Collects what a write does to traces, then brings their summaries up to date. */
export interface Summaries {
  /** A span is now as `after`, and was as `before` if it was at all. */
  changed(before: SpanColumns | undefined, after: SpanColumns): void
  finish(): void
}

export function summaries(driver: Driver): Summaries {
  /** By trace, then by kind and value as JSON: how many spans more, or fewer, have the label. */
  const counts = new Map<string, Map<string, number>>()

  function count(span: SpanColumns, step: 1 | -1): void {
    const ofTrace = counts.get(span.trace_id) ?? new Map<string, number>()
    counts.set(span.trace_id, ofTrace)
    for (const label of labelsOf(span)) {
      const key = JSON.stringify(label)
      ofTrace.set(key, (ofTrace.get(key) ?? 0) + step)
    }
  }

  return {
    changed(before, after) {
      if (before) count(before, -1)
      count(after, 1)
    },
    finish() {
      for (const [traceId, ofTrace] of counts) {
        for (const [label, step] of ofTrace) {
          const [kind, value]: [string, string] = JSON.parse(label)
          if (step !== 0) driver.all(sql.countLabel, traceId, kind, value, step)
        }
        if ([...ofTrace.values()].some((step) => step < 0)) driver.all(sql.dropUnused, traceId)
        summarise(driver, traceId)
      }
    },
  }
}

function labelsOf(span: SpanColumns): [kind: string, value: string][] {
  // As a set: a tag given twice is one label.
  const tags = new Set(readTags(span).map(encode))
  const labels = [...tags].map((tag): [string, string] => ['tag', tag])
  return span.model === null ? labels : [...labels, ['model', span.model]]
}

function summarise({ all }: Driver, traceId: string): void {
  const [totals] = all<Totals>(sql.totals, traceId)
  const [root] = all<StoredSpan>(sql.root, traceId)
  if (totals === undefined || root === undefined) {
    all(sql.dropTrace, traceId)
    all(sql.dropLabels, traceId)
    return
  }
  const status = root.status ?? 'running'
  const trace = {
    trace_id: traceId,
    start_us: totals.start_us,
    name: encode(shownName(root)),
    kind: shownKind(root),
    status,
    duration_us: status === 'running' ? null : duration(totals),
    input_tokens: totals.input_tokens,
    output_tokens: totals.output_tokens,
    span_count: totals.spans,
    error_count: totals.errors,
    input_preview: root.input_preview ?? '',
    output_preview: root.output_preview ?? '',
  }
  all(sql.putTrace, ...traceValues(trace))
  all(sql.dropStatus, traceId, status)
  all(sql.putStatus, traceId, status)
  all(sql.dateLabels, trace.start_us, traceId)
}

/** Never negative, though two clocks may say so; never more than a number holds exactly. */
function duration({ start_us, end_us }: Totals): number | null {
  return end_us === null ? null : Math.min(Math.max(0, end_us - start_us), Number.MAX_SAFE_INTEGER)
}
