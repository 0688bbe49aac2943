/**
 * Sums over time: counts, tokens, cost and histograms of durations, in buckets of a width.
 *
 * @module
 */

import {
  type Bucket,
  isMarkTerm,
  ownFields,
  type OwnField,
  type SumOf,
  type SumQuery,
  type Sums,
  type Term,
} from '../query.ts'
import { decode, encode } from '../text.ts'
import { type Begun, begunWords } from './begun.ts'
import { type Connection, listOf } from './client.ts'
import { durations, type ClassCounts, toHistogram } from './durations.ts'
import { namesOf } from './marks-of.ts'
import { and, type Condition, conditionOf, during } from './where.ts'

interface Row {
  at: number
  of: string | null
  count: number
  errors: number
  priced: number
  cost_nano: number
  input_tokens: number
  output_tokens: number
  latency: ClassCounts
  first_text: ClassCounts
}

/** Of traces their totals, of calls and tools what each tells itself. */
const SOURCES = {
  traces: { table: 'trace', all: 'spans > 0', duration: 'duration_us' },
  calls: { table: 'span', all: 'gone = 0 AND is_call = 1', duration: 'end_us - start_us' },
  tools: { table: 'span', all: `gone = 0 AND kind = 'tool'`, duration: 'end_us - start_us' },
}

const COLUMNS: Record<OwnField, string> = {
  name: 'name',
  status: 'status',
  model: 'model',
  provider: 'provider',
  user: 'user_id',
  environment: 'environment',
}

export async function sum(connection: Connection, project: string, query: SumQuery): Promise<Sums> {
  const { of, stepUs, by, terms = [] } = query
  const { table, all, duration } = SOURCES[of]
  const begun = await begunWords(connection, terms)
  const where = and([
    ...during(query),
    ...terms.map((term, index) =>
      of === 'traces'
        ? conditionOf(term, `term${index}`, begun)
        : ofStep(of, term, `term${index}`, begun),
    ),
  ])
  const those = `${table} FINAL WHERE project = {project:String} AND ${all} AND ${where.text}`
  const group = by === 'tag' ? 'tag' : by && COLUMNS[by]
  const rows = await connection.ask<Row>(
    `SELECT start_us - positiveModulo(start_us, {step:Int64}) AS at,
        ${group === undefined ? 'NULL' : `toNullable(${group})`} AS of,
        count() AS count, countIf(status = 'error') AS errors, count(${table}.cost_nano) AS priced,
        ifNull(sum(${table}.cost_nano), 0) AS cost_nano,
        ifNull(sum(${table}.input_tokens), 0) AS input_tokens,
        ifNull(sum(${table}.output_tokens), 0) AS output_tokens,
        ${durations(duration)} AS latency, ${durations('first_text_us')} AS first_text
      FROM ${by === 'tag' ? withTags(those) : those}
      GROUP BY at, of ORDER BY at, ifNull(of, '')`,
    { project, step: stepUs, ...where.values },
  )
  return { buckets: rows.map(toBucket) }
}

/** Each step once for every tag of its trace; once, if there is none. */
function withTags(those: string): string {
  return `(SELECT * FROM ${those}) AS span
    LEFT JOIN (SELECT trace_id, ${namesOf('tag')} AS tags FROM trace FINAL
      WHERE project = {project:String} AND spans > 0) AS home ON home.trace_id = span.trace_id
    ARRAY JOIN if(empty(home.tags), [NULL], arrayMap(one -> toNullable(one), home.tags)) AS tag`
}

function toBucket(row: Row): Bucket {
  return {
    startUs: row.at,
    group: row.of === null ? null : decode(row.of),
    count: row.count,
    errors: row.errors,
    priced: row.priced,
    costNano: row.cost_nano,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    latency: toHistogram(row.latency),
    firstText: toHistogram(row.first_text),
  }
}

/** What a call or a tool says of itself is asked of it; all else of its trace. */
function ofStep(of: SumOf, term: Term, name: string, begun: Begun): Condition {
  const field = ownFields(of).find((own) => own === term.field)
  if (field === undefined || !isMarkTerm(term) || term.prefix) {
    const { text, values } = conditionOf(term, name, begun)
    return {
      text: `trace_id IN (SELECT trace_id FROM trace FINAL
        WHERE project = {project:String} AND spans > 0 AND ${text})`,
      values,
    }
  }
  const isOne = `ifNull(${COLUMNS[field]} IN ${listOf(name)}, 0)`
  return { text: term.not ? `NOT ${isOne}` : isOne, values: { [name]: term.values.map(encode) } }
}
