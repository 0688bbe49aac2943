/**
 * Sums over time: counts, tokens, cost and histograms of durations, in buckets of a width.
 *
 * One call adds up a bounded stretch, so that writing never waits for long; `nextUs` leads on.
 *
 * @module
 */

import { histogramOf } from '../histogram.ts'
import {
  type Bucket,
  isMarkTerm,
  MAX_BUCKETS,
  ownFields,
  type OwnField,
  type SumOf,
  type SumQuery,
  type Sums,
  type Term,
} from '../query.ts'
import { commonTerms } from './lead.ts'
import { type Driver, rowsOf, type Statement } from './driver.ts'
import { IS_CALL, IS_TOOL } from './schema.ts'
import { decode, encode } from '../text.ts'
import { and, type Condition, conditionOf } from './where.ts'

/** About 100 ms of work: rows that count as they are, that are looked up, that are searched. */
const MAX_ROWS = { counted: 200_000, compared: 50_000, searched: 5000 }

type Sum = readonly [
  of: string | null,
  count: number,
  errors: number,
  priced: number,
  costNano: number,
  inputTokens: number,
  outputTokens: number,
  /** Microseconds, one by one: to sort them into classes here costs less than to group by class there. */
  latencies: readonly number[],
  firstTexts: readonly number[],
]

export async function sum(driver: Driver, query: SumQuery): Promise<Sums> {
  const source = SOURCES[query.of]
  const { fromUs, terms = [] } = query
  const common = await commonTerms(driver, terms)
  const most =
    MAX_ROWS[
      common.size > 0 ? 'searched' : terms.length > 0 || query.by === 'tag' ? 'compared' : 'counted'
    ]
  const [last] = await rowsOf<{ start_us: number }>(
    driver,
    `SELECT start_us FROM ${source.table} WHERE ${source.all} AND start_us >= ? AND start_us < ?
      ORDER BY start_us LIMIT 1 OFFSET ${most}`,
    fromUs,
    query.toUs,
  )
  // All that begin at one time are in one stretch, however many they are.
  const nextUs = last && Math.max(last.start_us, fromUs + 1)
  const rows = await rowsOf<{ at: number; sums: string }>(
    driver,
    ...question(query, nextUs ?? query.toUs, common),
  )
  const buckets = rows.flatMap(bucketsOf)
  return nextUs === undefined ? { buckets } : { buckets, nextUs }
}

/** Of traces their totals, of calls and tools what each tells itself. */
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
  tools: {
    table: 'span',
    all: IS_TOOL,
    duration: '(span.end_us - span.start_us)',
    errors: `span.status = 'error'`,
  },
}

const COLUMNS: Record<OwnField, string> = {
  name: 'name',
  status: 'status',
  model: 'model',
  provider: 'provider',
  user: 'user_id',
  environment: 'environment',
}

/** Bucket by bucket, so that nothing has to be sorted by its time. */
function question(query: SumQuery, toUs: number, common: ReadonlySet<Term>): Statement {
  const { of, by, terms = [] } = query
  const { table, all, duration, errors } = SOURCES[of]
  const where = and(
    terms.map((term) =>
      of === 'traces' ? conditionOf(term, common.has(term)) : ofStep(of, term, common.has(term)),
    ),
  )
  const group = by === undefined ? 'NULL' : by === 'tag' ? 'label.value' : `${table}.${COLUMNS[by]}`
  const those = `${table} WHERE ${all} AND ${table}.start_us >= bucket.value ->> 1
          AND ${table}.start_us < bucket.value ->> 2 AND ${where.text}`
  const known = (micros: string) =>
    `json_group_array(${micros}) FILTER (WHERE ${micros} IS NOT NULL)`
  return [
    `SELECT bucket.value ->> 0 AS at, (
      SELECT json_group_array(json_array(of, count, errors, priced, cost, input, output, json(latencies), json(texts)))
      FROM (
        SELECT ${group} AS of, count(*) AS count, count(*) FILTER (WHERE ${errors}) AS errors,
          count(${table}.cost_nano) AS priced, total(${table}.cost_nano) AS cost,
          total(${table}.input_tokens) AS input, total(${table}.output_tokens) AS output,
          ${known(duration)} AS latencies, ${known(`${table}.first_text_us`)} AS texts
        FROM ${by === 'tag' ? withTags(those) : those}
        ${by === undefined ? '' : `GROUP BY ${group}`})) AS sums
      FROM json_each(?) AS bucket`,
    ...where.values,
    JSON.stringify(bounds(query, toUs)),
  ]
}

/** Each step once for every tag of its trace; once, if there is none. */
function withTags(those: string): string {
  return `(SELECT * FROM ${those}) AS span CROSS JOIN trace ON trace.trace_id = span.trace_id
          LEFT JOIN label ON label.trace = trace.key AND label.field = 'tag'`
}

/** Of each bucket its start, and what of it is asked for. */
function bounds(
  { fromUs, stepUs }: SumQuery,
  toUs: number,
): [at: number, from: number, to: number][] {
  const first = Math.floor(fromUs / stepUs) * stepUs
  const count = Math.max(0, Math.ceil((toUs - first) / stepUs))
  return Array.from({ length: Math.min(count, MAX_BUCKETS + 1) }, (_, index) => {
    const at = first + index * stepUs
    return [at, Math.max(at, fromUs), Math.min(at + stepUs, toUs)]
  })
}

/** What a call or a tool says of itself is asked of it; all else of its trace. */
function ofStep(of: SumOf, term: Term, isCommon: boolean): Condition {
  const field = ownFields(of).find((own) => own === term.field)
  if (field === undefined || !isMarkTerm(term) || term.prefix) {
    const { text, values } = conditionOf(term, isCommon)
    return {
      text: `EXISTS (SELECT 1 FROM trace WHERE trace.trace_id = span.trace_id AND ${text})`,
      values,
    }
  }
  const column = `span.${COLUMNS[field]}`
  const isOne = `coalesce(${column} IN (${term.values.map(() => '?').join(', ')}), 0)`
  return { text: term.not ? `NOT ${isOne}` : isOne, values: term.values.map(encode) }
}

function bucketsOf({ at, sums }: { at: number; sums: string }): Bucket[] {
  const all: Sum[] = JSON.parse(sums)
  return all
    .filter(([, count]) => count > 0)
    .map(([of, count, errors, priced, costNano, inputTokens, outputTokens, latencies, texts]) => ({
      startUs: at,
      group: of === null ? null : decode(of),
      count,
      errors,
      priced,
      costNano,
      inputTokens,
      outputTokens,
      latency: histogramOf(latencies),
      firstText: histogramOf(texts),
    }))
    .toSorted((one, other) => compare(one.group ?? '', other.group ?? ''))
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
