/**
 * Which traces are recorded: a share of them, told by their ids, and those that turn out to matter.
 *
 * The id decides, so that every program that has a part in a trace decides alike. The records of the
 * others wait, where there is a rule for them, until the last of their trace has ended here.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'

/** Any of these is reason enough. */
export interface KeepRule {
  /** Traces with an error in them. */
  errors?: boolean | undefined
  /** Traces with a step or call that took longer. */
  slowerThanMs?: number | undefined
  /** Traces whose calls used more tokens, in and out. */
  moreTokensThan?: number | undefined
  /** Traces with one of these tags. */
  tags?: readonly string[] | undefined
}

/** Asked with what has ended of a trace. */
export type Keep = KeepRule | ((records: readonly SpanRecord[]) => boolean)

export interface Sampling {
  /** @param told What a parent elsewhere says. */
  isSampled(traceId: string, told: boolean | undefined): boolean
  /** Of a trace that is not sampled. */
  began(record: SpanRecord): void
  /** What is to be sent after all, now that this one has ended. */
  ended(record: SpanRecord): readonly SpanRecord[]
}

interface Waiting {
  running: Set<string>
  ended: Map<string, SpanRecord>
}

/** Past these the oldest trace is let go, as it would be without a rule. */
const MAX_TRACES = 1_000
const MAX_RECORDS = 10_000

/** @param failed Told where the application's own rule throws; its trace is kept. */
export function createSampling(
  rate: number | undefined,
  keep: Keep | undefined,
  failed: (cause: unknown) => void,
): Sampling {
  const traces = new Map<string, Waiting>()
  let held = 0

  return {
    isSampled(traceId, told) {
      if (rate === undefined) return true
      return told ?? shareOf(traceId) < rate
    },
    began({ id, trace }) {
      if (!keep) return
      const waiting = traces.get(trace.traceId) ?? { running: new Set(), ended: new Map() }
      traces.set(trace.traceId, waiting)
      waiting.running.add(id)
      makeRoom()
    },
    ended(record) {
      const { traceId } = record.trace
      const waiting = traces.get(traceId)
      if (!keep || !waiting) return []
      if (!waiting.ended.has(record.id)) held += 1
      waiting.ended.set(record.id, record)
      waiting.running.delete(record.id)
      makeRoom()
      if (waiting.running.size > 0) return []
      forget(traceId)
      const records = [...waiting.ended.values()]
      return isWanted(records, keep) ? records : []
    },
  }

  function makeRoom(): void {
    while (traces.size > MAX_TRACES || held > MAX_RECORDS) {
      const [oldest] = traces.keys()
      if (oldest === undefined) return
      forget(oldest)
    }
  }

  function forget(traceId: string): void {
    held -= traces.get(traceId)?.ended.size ?? 0
    traces.delete(traceId)
  }

  function isWanted(records: readonly SpanRecord[], rule: Keep): boolean {
    if (typeof rule !== 'function') return matches(records, rule)
    try {
      return rule(records)
    } catch (cause) {
      failed(cause)
      return true
    }
  }
}

const SHARE_DIGITS = 13 // as many as a number holds exactly

/** Where between 0 and 1 the random part of the id lies. */
function shareOf(traceId: string): number {
  return Number.parseInt(traceId.slice(-SHARE_DIGITS), 16) / 16 ** SHARE_DIGITS
}

function matches(records: readonly SpanRecord[], rule: KeepRule): boolean {
  const { errors, slowerThanMs = Infinity, moreTokensThan = Infinity, tags = [] } = rule
  const used = (record: SpanRecord) =>
    (record.call?.usage.input ?? 0) + (record.call?.usage.output ?? 0)
  const took = ({ startUnixMs, endUnixMs = startUnixMs }: SpanRecord) => endUnixMs - startUnixMs
  return (
    (errors === true && records.some(({ status }) => status === 'error')) ||
    records.some((record) => took(record) > slowerThanMs) ||
    records.reduce((sum, record) => sum + used(record), 0) > moreTokensThan ||
    records.some((record) => tags.some((tag) => record.tags.includes(tag)))
  )
}
