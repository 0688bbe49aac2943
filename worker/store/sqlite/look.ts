/**
 * All that has to be known before a batch is written: what is stored of its spans, and of their families.
 *
 * @module
 */

import { traceIdOf } from '../../../src/lib/ids.ts'
import type { SpanChange } from '../store.ts'
import { type Driver, rowsOf, typed } from './driver.ts'
import { unpack } from './pieces.ts'
import type { StoredSpan } from './rows.ts'
import { sql } from './sql.ts'
import { neededPieces } from './stored.ts'

/** Where the project's own prices stand in `state`. */
export const RULES = 'rules'

export interface Seen {
  /** By id: those of the batch, and those that wait for one of them without naming a trace. */
  spans: ReadonlyMap<string, StoredSpan>
  /** Whoever may be a parent of those that name no trace. */
  parents: readonly StoredSpan[]
  /** The pieces that have to be known to know them. */
  pieces: ReadonlyMap<string, Uint8Array>
  /** Which of the traces were removed. */
  removed: ReadonlySet<string>
  /** How often families changed: a number, as text. */
  families: string
  /** The project's own prices, as text; none were set if it is absent. */
  rules: string | undefined
}

export async function look(driver: Driver, changes: readonly SpanChange[]): Promise<Seen> {
  const [found, waiting, removed, families, rules] = await driver.run([
    [sql.spans, JSON.stringify([...new Set(changes.map(({ id }) => id))])],
    [sql.followers, JSON.stringify([...new Set(changes.map(({ spanId }) => spanId))])],
    [sql.removed, JSON.stringify([...new Set(changes.map(traceOf))])],
    [sql.state, 'families'],
    [sql.state, RULES],
  ])
  const rows = [...typed<StoredSpan>(found), ...typed<StoredSpan>(waiting)]
  const spans = new Map(rows.map((row) => [row.id, row]))
  const [counted] = typed<{ value: string }>(families)
  return {
    spans,
    parents: await parentsOf(driver, changes, spans),
    pieces: await readPieces(driver, rows.flatMap(neededPieces)),
    removed: new Set(typed<{ trace_id: string }>(removed).map((row) => row.trace_id)),
    families: counted?.value ?? '0',
    rules: typed<{ value: string }>(rules)[0]?.value,
  }
}

function traceOf({ id, traceId }: SpanChange): string {
  return traceId ?? traceIdOf(id)
}

async function parentsOf(
  driver: Driver,
  changes: readonly SpanChange[],
  spans: ReadonlyMap<string, StoredSpan>,
): Promise<StoredSpan[]> {
  const wanted = new Set<string>()
  for (const { id, traceId, parentId } of changes) {
    const stored = spans.get(id)
    const parent = parentId ?? stored?.parent_id ?? null
    if (traceId === null && stored?.trace_told !== 1 && parent !== null) wanted.add(parent)
  }
  for (const { parent_id: parent, trace_told: told } of spans.values()) {
    if (told === 0 && parent !== null) wanted.add(parent)
  }
  return wanted.size === 0
    ? []
    : rowsOf<StoredSpan>(driver, sql.parents, JSON.stringify([...wanted]))
}

/** Pieces by their names, unpacked. */
export async function readPieces(
  driver: Driver,
  names: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (names.length === 0) return new Map()
  const rows = await rowsOf<{ name: string; coding: number; data: Uint8Array }>(
    driver,
    sql.pieces,
    JSON.stringify([...new Set(names)]),
  )
  return new Map(rows.map((row) => [row.name, unpack(row)]))
}
