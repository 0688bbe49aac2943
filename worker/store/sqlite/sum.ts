/**
 * Sums over time: counts, tokens, cost and histograms of durations, in buckets of a width.
 *
 * One call adds up a bounded stretch, so that writing never waits for long; `nextUs` leads on.
 *
 * @module
 */

import {
  type Bucket,
  GROWTH,
  isMarkTerm,
  type SumField,
  type SumQuery,
  type Sums,
  type Term,
} from '../query.ts'
import { commonTerms } from './lead.ts'
import { type Driver, rowsOf, typed, type Statement, type Value } from './driver.ts'
import { IS_CALL } from './schema.ts'
import { decode, encode } from '../text.ts'
import { and, type Condition, conditionOf } from './where.ts'

/** About 100 ms of work: rows that count as they are, that are looked up, that are searched. */
const MAX_ROWS = { counted: 200_000, compared: 50_000, searched: 5000 }

type Counted = {
  at: number
  of: string | null
  latency: number | null
  count: number
  errors: number
  priced: number
  cost_nano: number
  input_tokens: number
  output_tokens: number
}
type Timed = { at: number; of: string | null; first_text: number; count: number }

export async function sum(driver: Driver, query: SumQuery): Promise<Sums> {
  const source = SOURCES[query.of]
  const { fromUs, terms = [] } = query
  const common = await commonTerms(driver, terms)
  const rows = MAX_ROWS[common.size > 0 ? 'searched' : terms.length > 0 ? 'compared' : 'counted']
  const [last] = await rowsOf<{ start_us: number }>(
    driver,
    `SELECT start_us FROM ${source.table} WHERE ${source.all} AND start_us >= ? AND start_us < ?
      ORDER BY start_us LIMIT 1 OFFSET ${rows}`,
    fromUs,
    query.toUs,
  )
  // All that begin at one time are in one stretch, however many they are.
  const nextUs = last && Math.max(last.start_us, fromUs + 1)
  const [counted, timed] = await driver.run(questions(query, nextUs ?? query.toUs, common))
  const buckets = add(typed<Counted>(counted), typed<Timed>(timed))
  return nextUs === undefined ? { buckets } : { buckets, nextUs }
}

/** Of traces their totals, of calls what each tells itself. */
const SOURCES = {
  traces: {
    table: 'trace',
    all: '1',
    duration: 'trace.duration_us',
    errors: `trace.status = 'error'`,
  },
  calls: {
    table: 'span',
    all: IS_CALL,
    duration: '(span.end_us - span.start_us)',
    errors: `span.status = 'error'`,
  },
}

const COLUMNS: Record<SumField, string> = {
  name: 'name',
  status: 'status',
  model: 'model',
  provider: 'provider',
  user: 'user_id',
  environment: 'environment',
}

function questions(query: SumQuery, toUs: number, common: ReadonlySet<Term>): Statement[] {
  const { of, fromUs, stepUs, by, terms = [] } = query
  const { table, all, duration, errors } = SOURCES[of]
  const where = and([
    { text: `${table}.start_us >= ? AND ${table}.start_us < ?`, values: [fromUs, toUs] },
    ...terms.map((term) =>
      of === 'traces' ? conditionOf(term, common.has(term)) : ofCall(term, common.has(term)),
    ),
  ])
  const at = `${table}.start_us - ((${table}.start_us % ?) + ?) % ?`
  const group = by === undefined ? 'NULL' : `${table}.${COLUMNS[by]}`
  const values: Value[] = [stepUs, stepUs, stepUs, ...where.values]
  const from = `FROM ${table} WHERE ${all} AND ${where.text}`
  return [
    [
      `SELECT ${at} AS at, ${group} AS of, ${classOf(duration)} AS latency, count(*) AS count,
        count(*) FILTER (WHERE ${errors}) AS errors, count(${table}.cost_nano) AS priced,
        total(${table}.cost_nano) AS cost_nano, total(${table}.input_tokens) AS input_tokens,
        total(${table}.output_tokens) AS output_tokens
        ${from} GROUP BY 1, 2, 3`,
      ...values,
    ],
    [
      `SELECT ${at} AS at, ${group} AS of, ${classOf(`${table}.first_text_us`)} AS first_text,
        count(*) AS count ${from} AND ${table}.first_text_us IS NOT NULL GROUP BY 1, 2, 3`,
      ...values,
    ],
  ]
}

function classOf(micros: string): string {
  return `CAST(round(ln(max(${micros}, 1)) / ${Math.log(GROWTH)}) AS INTEGER)`
}

/** What a call says of itself is asked of the call; all else of its trace. */
function ofCall(term: Term, isCommon: boolean): Condition {
  const field = term.field === 'status' || term.field in COLUMNS ? term.field : undefined
  if (field === undefined || !isMarkTerm(term) || term.prefix) {
    const { text, values } = conditionOf(term, isCommon)
    return {
      text: `EXISTS (SELECT 1 FROM trace WHERE trace.trace_id = span.trace_id AND ${text})`,
      values,
    }
  }
  const column = `span.${COLUMNS[field as SumField]}`
  const isOne = `coalesce(${column} IN (${term.values.map(() => '?').join(', ')}), 0)`
  return { text: term.not ? `NOT ${isOne}` : isOne, values: term.values.map(encode) }
}

function add(counted: readonly Counted[], timed: readonly Timed[]): Bucket[] {
  const buckets = new Map<string, Bucket>()
  function bucket(at: number, of: string | null): Bucket {
    const key = `${at} ${of ?? ''}${of === null}`
    const known = buckets.get(key)
    if (known) return known
    const fresh: Bucket = {
      startUs: at,
      group: of === null ? null : decode(of),
      count: 0,
      errors: 0,
      priced: 0,
      costNano: 0,
      inputTokens: 0,
      outputTokens: 0,
      latency: [],
      firstText: [],
    }
    buckets.set(key, fresh)
    return fresh
  }
  for (const row of counted) {
    const one = bucket(row.at, row.of)
    one.count += row.count
    one.errors += row.errors
    one.priced += row.priced
    one.costNano += row.cost_nano
    one.inputTokens += row.input_tokens
    one.outputTokens += row.output_tokens
    if (row.latency !== null) one.latency.push([row.latency, row.count])
  }
  for (const row of timed) bucket(row.at, row.of).firstText.push([row.first_text, row.count])
  return [...buckets.values()].toSorted(
    (one, other) => one.startUs - other.startUs || compare(one.group ?? '', other.group ?? ''),
  )
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
