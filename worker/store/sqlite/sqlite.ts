/**
 * One project's spans in one SQLite database, on whatever engine the driver brings.
 *
 * @module
 */

import { parse } from '../../../src/lib/json.ts'
import type { Price } from '../price.ts'
import type { FacetQuery, Facets, SumQuery, Sums, TraceQuery } from '../query.ts'
import {
  MAX_SPANS,
  type Removal,
  type Removed,
  type SpanChange,
  type SpanDetail,
  type SpanRow,
  type TracePage,
} from '../store.ts'
import { type Driver, rowsOf } from './driver.ts'
import { facets } from './facets.ts'
import { list } from './list.ts'
import { readPieces } from './look.ts'
import { migrate } from './migrate.ts'
import { join, namesIn } from './pieces.ts'
import { writeQueue } from './queue.ts'
import { remove } from './remove.ts'
import { type StoredSpan, toSpanRow } from './rows.ts'
import { SPAN_MIGRATIONS } from './schema.ts'
import { sql } from './sql.ts'
import { sum } from './sum.ts'
import { notePrices, readWords, tend } from './tend.ts'
import { write } from './write.ts'

/** The port, for one project. */
export interface ProjectStore {
  write(changes: readonly SpanChange[]): Promise<void>
  list(query: TraceQuery): Promise<TracePage>
  trace(traceId: string): Promise<SpanRow[]>
  spans(ids: readonly string[]): Promise<SpanDetail[]>
  sum(query: SumQuery): Promise<Sums>
  facets(query: FacetQuery): Promise<Facets>
  remove(what: Removal): Promise<Removed>
  tend(): Promise<boolean>
}

export interface SqliteOptions {
  /** What a call costs; nothing is known of it unless told. */
  price?: Price
  /** Names the prices: costs are computed again when it is another. */
  prices?: string
  /** Milliseconds since 1970. */
  now?: () => number
  /** The database is known to be up to date: it is not looked at before the first question. */
  isCurrent?: boolean
}

/** What a search waits for at most: texts that were written since the last one. */
const MAX_SLICES = 20

/**
 * A store on a database, which is brought up to date before the first question.
 *
 * Every method rejects with a {@link StoreError} `newer_schema` on a database that a newer program wrote.
 */
export function sqliteStore(driver: Driver, options: SqliteOptions = {}): ProjectStore {
  const { price = () => null, prices = '', now = Date.now, isCurrent = false } = options
  const writeOptions = () => ({ price, nowUs: Math.round(now() * 1000) })
  const queue = writeQueue((changes) => write(driver, changes, writeOptions()))
  let opening: Promise<void> | undefined = isCurrent ? Promise.resolve() : undefined

  /** Tried again by who asks next, should it fail. */
  function ready(): Promise<void> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function open(): Promise<void> {
    await migrate(driver, SPAN_MIGRATIONS)
    await notePrices(driver, prices)
  }

  async function asked<T>(question: () => Promise<T>, terms: TraceQuery['terms'] = []): Promise<T> {
    await ready()
    if (terms.some(({ field }) => field === 'text')) await readSome()
    return question()
  }

  async function readSome(): Promise<void> {
    for (let slice = 0; slice < MAX_SLICES; slice += 1) {
      if (await queue.alone(() => readWords(driver))) return
    }
  }

  async function textsOf(rows: readonly StoredSpan[], withBodies: boolean) {
    const columns = rows.flatMap(({ facts, input, output }) =>
      withBodies ? [facts, input, output] : [facts],
    )
    return readPieces(driver, columns.flatMap(namesIn))
  }

  return {
    write: (changes) => asked(() => queue.write(changes)),
    list: (query) => asked(() => list(driver, query), query.terms),
    trace: (traceId) =>
      asked(async () => {
        const rows = await rowsOf<StoredSpan>(driver, sql.spansOfTrace, traceId)
        const pieces = await textsOf(rows, false)
        return rows
          .map((row) => toSpanRow(row, join(row.facts, pieces)))
          .sort((one, other) => one.startUs - other.startUs || (one.id < other.id ? -1 : 1))
      }),
    spans: (ids) =>
      asked(async () => {
        const wanted = JSON.stringify(ids.slice(0, MAX_SPANS))
        const rows = await rowsOf<StoredSpan>(driver, sql.spans, wanted)
        const pieces = await textsOf(rows, true)
        const body = (column: string | null) => parse(join(column ?? 'null', pieces)) ?? null
        return rows.map((row) => ({
          ...toSpanRow(row, join(row.facts, pieces)),
          input: body(row.input),
          output: body(row.output),
        }))
      }),
    sum: (query) => asked(() => sum(driver, query), query.terms),
    facets: (query) => asked(() => facets(driver, query), query.terms),
    remove: (what) => asked(() => queue.alone(() => remove(driver, what, writeOptions().nowUs))),
    tend: () => asked(() => queue.alone(() => tend(driver, writeOptions()))),
  }
}
