/**
 * What a batch makes of what is stored: every span as it will be, without a question to the engine.
 *
 * @module
 */

import { type Family, moves, type Relative } from '../home.ts'
import { merge, type Known } from '../merge.ts'
import type { Price } from '../price.ts'
import type { SpanChange } from '../store.ts'
import type { Seen } from './look.ts'
import { type SpanColumns, type StoredSpan, toColumns, type WholeSpan } from './rows.ts'
import { spanValues } from './sql.ts'
import { type Stored, storedOf } from './stored.ts'
import { type Texts, texts } from './texts.ts'

/** A span that is new, or other than before. */
export interface Changed {
  before?: Stored
  after: WholeSpan
  known: Known
}

export interface Plan {
  changed: Changed[]
  texts: Texts
}

export function plan(
  changes: readonly SpanChange[],
  seen: Seen,
  { priceBy, nowUs }: { priceBy: (rules: string | undefined) => Price; nowUs: number },
): Plan {
  const price = priceBy(seen.rules)
  const written = texts()
  const spans = new Map<string, Changed>()
  for (const [id, sameId] of Map.groupBy(changes, (change) => change.id)) {
    const kept = sameId.filter(({ traceId }) => traceId === null || !seen.removed.has(traceId))
    const before = stored(id, seen)
    const known = kept.reduce<Known | undefined>(merge, before?.known)
    if (known === undefined) continue
    const costNano = price(known)
    const after = toColumns(known, before?.columns, { costNano, nowUs, texts: written.of(known) })
    spans.set(id, { ...(before && { before }), after, known })
  }
  settle(spans, seen)
  const changed = [...spans.values()].filter(
    ({ before, after }) =>
      !seen.removed.has(after.trace_id) && (!before || !isSame(before.columns, after)),
  )
  return { changed, texts: written }
}

function stored(id: string, { spans, pieces }: Seen): Stored | undefined {
  const columns = spans.get(id)
  return columns && storedOf(columns, pieces)
}

/** Finds out in which trace everyone is who named none, and adds those who move without being written. */
function settle(spans: Map<string, Changed>, seen: Seen): void {
  const relatives = new Map<string, Relative>()
  for (const row of [...seen.parents, ...seen.spans.values()]) relatives.set(row.id, relative(row))
  for (const { after } of spans.values()) relatives.set(after.id, relative(after))
  const resettled = [...spans.values()]
    .filter(({ before, after }) => !before || !isSamePlace(before.columns, after))
    .flatMap(({ after }) => relatives.get(after.id) ?? [])
  for (const [{ id }, home] of moves(resettled, familyOf(relatives))) {
    const before = stored(id, seen)
    const moving =
      spans.get(id) ??
      (before && { before, after: withoutPlace(before.columns), known: before.known })
    if (moving) spans.set(id, { ...moving, after: { ...moving.after, trace_id: home } })
  }
}

function familyOf(relatives: ReadonlyMap<string, Relative>): Family {
  const all = [...relatives.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const bySpanId = Map.groupBy(all, ({ spanId }) => spanId)
  const waiting = Map.groupBy(
    all.filter(({ settled }) => !settled),
    ({ parentId }) => parentId,
  )
  return {
    parent: ({ parentId }) => (parentId === null ? undefined : bySpanId.get(parentId)?.[0]),
    followers: ({ spanId }) => waiting.get(spanId) ?? [],
  }
}

function relative(columns: SpanColumns): Relative {
  return {
    id: columns.id,
    spanId: columns.span_id,
    parentId: columns.parent_id,
    traceId: columns.trace_id,
    settled: columns.trace_told === 1,
  }
}

function withoutPlace({ key: _key, rev: _rev, ...columns }: StoredSpan): WholeSpan {
  return columns
}

function isSame(one: WholeSpan, other: WholeSpan): boolean {
  const values = spanValues(other)
  return (
    one.input === other.input &&
    one.output === other.output &&
    spanValues(one).every((value, index) => value === values[index])
  )
}

function isSamePlace(one: SpanColumns, other: SpanColumns): boolean {
  return (
    one.trace_id === other.trace_id &&
    one.trace_told === other.trace_told &&
    one.parent_id === other.parent_id
  )
}
