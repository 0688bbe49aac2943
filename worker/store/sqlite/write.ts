/**
 * Writing a batch: look, plan, and change everything in one transaction, which fails if what was looked
 * at is not there any more. Then it is tried again.
 *
 * @module
 */

import { StoreError } from '../errors.ts'
import type { Price } from '../price.ts'
import type { SpanChange } from '../store.ts'
import type { Driver, Statement } from './driver.ts'
import { rowsOf } from './driver.ts'
import { labelCounts, labelsOf } from './labels.ts'
import { look } from './look.ts'
import { pack } from './pieces.ts'
import { type Changed, plan, type Plan } from './plan.ts'
import { slices } from './slices.ts'
import { spanValues, sql } from './sql.ts'
import { isOld } from './stored.ts'
import { pieceUses } from './texts.ts'
import { wordChanges } from './word-changes.ts'

export interface WriteOptions {
  /** By the project's own rules, as they are stored. */
  priceBy: (rules: string | undefined) => Price
  nowUs: number
}

/** Writers that get into each other's way this often in a row are too many. */
const MAX_CLASHES = 10

/** @throws {StoreError} `busy` */
export async function write(
  driver: Driver,
  changes: readonly SpanChange[],
  options: WriteOptions,
): Promise<void> {
  for (let clashes = 0; clashes < MAX_CLASHES; clashes += 1) {
    const seen = await look(driver, changes)
    const planned = plan(changes, seen, options)
    if (planned.changed.length === 0) return
    const pieces = await pieceChanges(driver, planned)
    const statements = [
      guard(planned.changed, seen.families, pieces.needed),
      ...pieces.statements,
      ...changeSpans(planned.changed),
    ]
    try {
      await driver.run(statements)
      return
    } catch (error) {
      if (!isClash(error)) throw error
    }
  }
  throw new StoreError('busy', 'others wrote to the same spans at the same time, again and again')
}

export function isClash(error: unknown): boolean {
  return error instanceof Error && /CHECK constraint failed: at = 0/.test(error.message)
}

/** Fails if one of these was written meanwhile, or a piece is gone that is needed. */
export function guard(
  changed: readonly Changed[],
  families: string | null,
  needed: readonly string[],
): Statement {
  const revisions = changed.map(({ before, after }) => [after.id, before?.columns.rev ?? -1])
  return [sql.clash, JSON.stringify(revisions), families, JSON.stringify(needed)]
}

async function pieceChanges(
  driver: Driver,
  { changed, texts }: Plan,
): Promise<{ needed: string[]; statements: Statement[] }> {
  const uses = pieceUses(changed.map(({ before, after }) => ({ before: before?.columns, after })))
  if (uses.size === 0) return { needed: [], statements: [] }
  const more = [...uses].filter(([, step]) => step > 0).map(([name]) => name)
  const known = await rowsOf<{ name: string }>(driver, sql.knownPieces, JSON.stringify(more))
  const stored = new Set(known.map(({ name }) => name))
  const counted = [...uses].filter(([name, step]) => step < 0 || stored.has(name))
  const added = more.flatMap((name): NewPiece[] => {
    const bytes = texts.pieces.get(name)
    return stored.has(name) || bytes === undefined
      ? []
      : [{ name, uses: uses.get(name) ?? 1, ...pack(bytes) }]
  })
  const fewer = counted.filter(([, step]) => step < 0).map(([name]) => name)
  return {
    needed: [...stored],
    statements: [
      ...addPieces(added),
      [sql.usePieces, JSON.stringify(counted)],
      ...(fewer.length > 0 ? [[sql.dropPieces, JSON.stringify(fewer)] as const] : []),
    ],
  }
}

interface NewPiece {
  name: string
  uses: number
  coding: number
  data: Uint8Array
}

/** Four parameters a row, and engines take a hundred. */
const PIECES_AT_ONCE = 25

function addPieces(pieces: readonly NewPiece[]): Statement[] {
  const statements: Statement[] = []
  for (let start = 0; start < pieces.length; start += PIECES_AT_ONCE) {
    const some = pieces.slice(start, start + PIECES_AT_ONCE)
    statements.push([
      `INSERT INTO piece (name, uses, coding, data) VALUES ${some.map(() => '(?, ?, ?, ?)').join(', ')}
        ON CONFLICT (name) DO UPDATE SET uses = uses + excluded.uses`,
      ...some.flatMap(({ name, uses, coding, data }) => [name, uses, coding, data]),
    ])
  }
  return statements
}

/** Spans, then the summaries and labels of their traces, then the words to find them by. */
export function changeSpans(changed: readonly Changed[]): Statement[] {
  const labels = labelCounts()
  for (const { before, after, known } of changed) {
    if (before && !isOld(before.columns)) {
      labels.count(before.columns.trace_id, labelsOf(before.known), -1)
    }
    labels.count(after.trace_id, labelsOf(known), 1)
  }
  const counts = labels.changes()
  const traces = (rows: readonly { trace_id: string }[]) =>
    JSON.stringify([...new Set(rows.map(({ trace_id: trace }) => trace))])
  const isMoved = changed.some(
    ({ before, after }) => before && before.columns.trace_id !== after.trace_id,
  )
  const all = traces(
    changed.flatMap(({ before, after }) => (before ? [before.columns, after] : [after])),
  )
  const isWaiting = changed.some(({ after }) => after.trace_told === 0)
  return [
    ...slices(changed.map(({ after }) => spanValues(after))).map((rows): Statement => [
      sql.putSpans,
      rows,
    ]),
    ...slices(bodiesOf(changed)).map((rows): Statement => [sql.putBodies, rows]),
    ...(isMoved ? [[sql.dropLabels, all] as const, [sql.dropTraces, all] as const] : []),
    [sql.putTraces, all],
    ...slices(counts).map((rows): Statement => [sql.countLabels, rows]),
    ...(counts.some(([, , , step]) => step < 0) ? [[sql.dropUnused, all] as const] : []),
    [sql.putStatus, all],
    [sql.dropStatus, all],
    [sql.dateLabels, all],
    ...wordChanges(changed),
    ...(isWaiting ? [[sql.countFamilies] as const] : []),
  ]
}

/** Those that are new, or other than before. */
function bodiesOf(changed: readonly Changed[]): [id: string, string | null, string | null][] {
  return changed.flatMap(({ before, after: { id, input, output } }) => {
    const { input: had = null, output: gave = null } = before?.columns ?? {}
    return had === input && gave === output ? [] : [[id, input, output]]
  })
}
