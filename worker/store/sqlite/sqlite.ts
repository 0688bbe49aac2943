/**
 * One project's spans in one SQLite database, on whatever engine the driver brings.
 *
 * @module
 */

import type { Price, PriceRule, Pricing } from '../price.ts'
import type { FacetQuery, Facets, SumQuery, Sums, TraceQuery } from '../query.ts'
import type { SessionPage, SessionQuery } from '../session-query.ts'
import type {
  Removal,
  Removed,
  SpanChange,
  SpanDetail,
  SpanRow,
  StoreSettings,
  TracePage,
} from '../store.ts'
import type { Driver } from './driver.ts'
import { facets } from './facets.ts'
import { list } from './list.ts'
import { migrate } from './migrate.ts'
import { writeQueue } from './queue.ts'
import { detailsOf, stepsOf } from './read.ts'
import { remove } from './remove.ts'
import { SPAN_MIGRATIONS } from './schema.ts'
import { sessions } from './sessions.ts'
import { sum } from './sum.ts'
import { notePrices, noteRules, readWords, tend } from './tend.ts'
import { write } from './write.ts'

/** The port, for one project. */
export interface ProjectStore {
  write(changes: readonly SpanChange[]): Promise<void>
  list(query: TraceQuery): Promise<TracePage>
  trace(traceId: string): Promise<SpanRow[]>
  spans(ids: readonly string[]): Promise<SpanDetail[]>
  sum(query: SumQuery): Promise<Sums>
  facets(query: FacetQuery): Promise<Facets>
  sessions(query: SessionQuery): Promise<SessionPage>
  remove(what: Removal): Promise<Removed>
  configure(settings: StoreSettings): Promise<void>
  tend(): Promise<boolean>
}

export interface SqliteOptions {
  /** What a call costs; nothing is known of it unless told. */
  price?: Pricing
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
  const { price = () => () => null, prices = '', now = Date.now, isCurrent = false } = options
  const priceBy = remembered(price)
  const writeOptions = () => ({ priceBy, nowUs: Math.round(now() * 1000) })
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

  return {
    write: (changes) => asked(() => queue.write(changes)),
    list: (query) => asked(() => list(driver, query), query.terms),
    trace: (traceId) => asked(() => stepsOf(driver, traceId)),
    spans: (ids) => asked(() => detailsOf(driver, ids)),
    sum: (query) => asked(() => sum(driver, query), query.terms),
    facets: (query) => asked(() => facets(driver, query), query.terms),
    sessions: (query) => asked(() => sessions(driver, query), query.terms),
    remove: (what) => asked(() => queue.alone(() => remove(driver, what, writeOptions().nowUs))),
    configure: ({ priceRules }) => asked(() => queue.alone(() => noteRules(driver, priceRules))),
    tend: () => asked(() => queue.alone(() => tend(driver, writeOptions()))),
  }
}

/** Rules change seldom and are asked for with every batch. */
function remembered(pricing: Pricing): (rules: string | undefined) => Price {
  let known: { rules: string | undefined; price: Price } | undefined
  return (rules) => {
    if (known === undefined || known.rules !== rules) {
      const list: readonly PriceRule[] = rules === undefined ? [] : JSON.parse(rules)
      known = { rules, price: pricing(list) }
    }
    return known.price
  }
}
