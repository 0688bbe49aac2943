/**
 * One project's spans in one SQLite database, on whatever engine the driver brings.
 *
 * @module
 */

import { parse } from '../../src/lib/json.ts'
import { bodies } from './bodies.ts'
import { type Place, readCursor, writeCursor } from './cursor.ts'
import type { Driver } from './driver.ts'
import { migrate } from './migrate.ts'
import { type StoredSpan, toSpanRow, toSummary, type TraceColumns } from './rows.ts'
import { SPAN_MIGRATIONS } from './schema.ts'
import { sql } from './sql.ts'
import {
  MAX_VALUES,
  type SpanChange,
  type SpanDetail,
  type SpanRow,
  type TracePage,
  type TraceQuery,
  type ValueField,
} from './store.ts'
import { decode, encode } from './text.ts'
import { writing } from './writing.ts'

/** The port for one project, without waiting. */
export interface ProjectStore {
  write(changes: readonly SpanChange[]): void
  list(query: TraceQuery): TracePage
  trace(traceId: string): SpanRow[]
  span(id: string): SpanDetail | undefined
  values(field: ValueField): string[]
}

const PAGE = 50
const MAX_PAGE = 200

/** What a summary shows of a trace's models, and of its tags. */
const MAX_LABELS = 100

/**
 * Opens a database and brings it up to date.
 *
 * @param now The clock, in milliseconds since 1970.
 * @throws {StoreError} `newer_schema`
 */
export function sqliteStore(driver: Driver, now: () => number = Date.now): ProjectStore {
  migrate(driver, SPAN_MIGRATIONS)
  const { all } = driver
  const texts = bodies(driver)
  const { write, factsOf } = writing(driver, texts)

  function labels(traceId: string, kind: ValueField): string[] {
    const found = all<{ value: string }>(sql.labels, traceId, kind, MAX_LABELS)
    return found.map(({ value }) => decode(value))
  }

  function rarestFirst(wanted: [kind: string, value: string][]): [kind: string, value: string][] {
    if (wanted.length < 2) return wanted
    return wanted
      .map((label) => ({
        label,
        traces: all<{ traces: number }>(sql.commonness, ...label)[0]?.traces ?? 0,
      }))
      .sort((one, other) => one.traces - other.traces)
      .map(({ label }) => label)
  }

  function page(query: TraceQuery, limit: number): TraceColumns[] {
    const { startUs, traceId } = upperEnd(query)
    const range = [query.fromUs ?? Number.MIN_SAFE_INTEGER, startUs, traceId, limit]
    const [first, ...others] = rarestFirst(wantedLabels(query))
    return first === undefined
      ? all<TraceColumns>(sql.list, ...range)
      : all<TraceColumns>(sql.listLabelled, ...range, ...first, JSON.stringify(others))
  }

  return {
    write(changes) {
      driver.transaction(() => write(changes, Math.round(now() * 1000)))
    },
    list(query) {
      const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE), 1), MAX_PAGE)
      const rows = page(query, limit + 1)
      const traces = rows.slice(0, limit).map((row) =>
        toSummary(row, {
          models: labels(row.trace_id, 'model'),
          tags: labels(row.trace_id, 'tag'),
        }),
      )
      const last = traces.at(-1)
      return rows.length > limit && last ? { traces, next: writeCursor(last) } : { traces }
    },
    trace(traceId) {
      return all<StoredSpan>(sql.spansOfTrace, traceId)
        .map((span) => toSpanRow(span, factsOf(span)))
        .sort((one, other) => one.startUs - other.startUs || (one.id < other.id ? -1 : 1))
    },
    span(id) {
      const [span] = all<StoredSpan>(sql.span, id)
      return (
        span && {
          ...toSpanRow(span, factsOf(span)),
          input: parse(texts.read(span.key, 'input') ?? 'null') ?? null,
          output: parse(texts.read(span.key, 'output') ?? 'null') ?? null,
        }
      )
    },
    values(field) {
      return all<{ value: string }>(sql.values, field, MAX_VALUES).map(({ value }) => decode(value))
    },
  }
}

/** All that starts before the end of the range and after the place in the list. */
function upperEnd({ before, toUs = Number.MAX_SAFE_INTEGER }: TraceQuery): Place {
  const end = { startUs: toUs, traceId: '' }
  const place = before === undefined ? end : readCursor(before)
  return place.startUs < end.startUs ? place : end
}

function wantedLabels({ status, model, tags = [] }: TraceQuery): [kind: string, value: string][] {
  const wanted = new Map<string, [string, string]>()
  const want = (kind: string, value: string) =>
    wanted.set(`${kind} ${value}`, [kind, encode(value)])
  if (status !== undefined) want('status', status)
  if (model !== undefined) want('model', model)
  for (const tag of tags) want('tag', tag)
  return [...wanted.values()]
}
