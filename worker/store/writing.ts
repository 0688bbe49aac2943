/**
 * Writing: merge each change into what is stored, find where foreign spans belong, and keep the
 * summaries true.
 *
 * @module
 */

import type { Bodies, BodyField } from './bodies.ts'
import type { Driver } from './driver.ts'
import { moves, type Family, type Relative } from './home.ts'
import { type Body, merge, type Known } from './merge.ts'
import { type StoredSpan, toColumns, toKnown } from './rows.ts'
import { spanValues, sql } from './sql.ts'
import type { SpanChange } from './store.ts'
import { summaries } from './summary.ts'

/** Longer facts are kept as a body: a row has a limit, and is read with every trace. */
const ROW_CHARS = 64 * 1024

type RelativeColumns = {
  id: string
  span_id: string
  parent_id: string | null
  trace_id: string
  trace_told: number
}

export interface Writing {
  /** To be called in a transaction. */
  write(changes: readonly SpanChange[], nowUs: number): void
  factsOf(span: StoredSpan): string
}

export function writing(driver: Driver, bodies: Bodies): Writing {
  const { all } = driver
  const family: Family = {
    parent: ({ parentId }) => all<RelativeColumns>(sql.parent, parentId).map(toRelative)[0],
    followers: ({ spanId }) => all<RelativeColumns>(sql.followers, spanId).map(toRelative),
  }

  function stored(id: string): StoredSpan | undefined {
    return all<StoredSpan>(sql.span, id)[0]
  }

  function factsOf({ key, facts }: StoredSpan): string {
    return facts ?? bodies.read(key, 'facts') ?? '{"error":null,"call":null,"metadata":null}'
  }

  function put(known: Known, before: StoredSpan | undefined, nowUs: number): StoredSpan {
    const { facts, ...columns } = toColumns(known, before, nowUs)
    const inRow = facts.length <= ROW_CHARS
    const after = { ...columns, facts: inRow ? facts : null }
    const key =
      before !== undefined && sameColumns(before, { key: before.key, ...after })
        ? before.key
        : putColumns(after)
    if (!inRow) {
      bodies.write(key, 'facts', facts)
    } else if (before?.facts === null) {
      bodies.remove(key, 'facts')
    }
    putBody(key, 'input', known.input)
    putBody(key, 'output', known.output)
    if (known.output === null && before && before.output_preview !== null) {
      bodies.remove(key, 'output')
    }
    return { key, ...after }
  }

  function putColumns(columns: Omit<StoredSpan, 'key'>): number {
    const [written] = all<{ key: number }>(sql.putSpan, ...spanValues(columns))
    if (written === undefined) throw new Error('the engine gave no key for a written span')
    return written.key
  }

  function putBody(key: number, field: BodyField, body: Body | null): void {
    if (body?.text !== undefined) bodies.write(key, field, body.text)
  }

  return {
    factsOf,
    write(changes, nowUs) {
      const summary = summaries(driver)
      const resettled: Relative[] = []
      for (const [id, sameId] of Map.groupBy(changes, (change) => change.id)) {
        const before = stored(id)
        const known = sameId.reduce(merge, before && toKnown(before, factsOf(before)))
        if (known === undefined) continue
        const after = put(known, before, nowUs)
        if (before === undefined || !sameColumns(before, after)) summary.changed(before, after)
        if (before === undefined || !samePlace(before, after)) resettled.push(toRelative(after))
      }
      for (const [relative, home] of moves(resettled, family)) {
        const before = stored(relative.id)
        if (before !== undefined) {
          all(sql.moveSpan, home, relative.id)
          summary.changed(before, { ...before, trace_id: home })
        }
      }
      summary.finish()
    },
  }
}

function toRelative(columns: RelativeColumns): Relative {
  return {
    id: columns.id,
    spanId: columns.span_id,
    parentId: columns.parent_id,
    traceId: columns.trace_id,
    settled: columns.trace_told === 1,
  }
}

function sameColumns(one: StoredSpan, other: StoredSpan): boolean {
  const values = spanValues(other)
  return spanValues(one).every((value, index) => value === values[index])
}

function samePlace(one: StoredSpan, other: StoredSpan): boolean {
  return (
    one.trace_id === other.trace_id &&
    one.trace_told === other.trace_told &&
    one.parent_id === other.parent_id
  )
}
