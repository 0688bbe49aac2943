/**
 * A trace, and spans with their bodies.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { MAX_SPANS, type SpanDetail, type SpanRow } from '../store.ts'
import { type Connection, listOf } from './client.ts'
import { readFacts } from './rows.ts'

export async function trace(
  connection: Connection,
  project: string,
  traceId: string,
): Promise<SpanRow[]> {
  const rows = await connection.ask<{ facts: string }>(
    `SELECT facts FROM span FINAL
      WHERE project = {project:String} AND trace_id = {trace:String} AND gone = 0`,
    { project, trace: traceId },
  )
  return rows
    .map(({ facts }) => readFacts(facts))
    .sort((one, other) => one.startUs - other.startUs || (one.id < other.id ? -1 : 1))
}

interface Row {
  id: string
  version: number
  facts: string
  input_hash: string
  output_hash: string
}

export async function spans(
  connection: Connection,
  project: string,
  ids: readonly string[],
): Promise<SpanDetail[]> {
  const wanted = ids.slice(0, MAX_SPANS)
  const rows = await connection.ask<Row>(
    `SELECT id, version, facts, input_hash, output_hash FROM span FINAL
      WHERE project = {project:String} AND id IN ${listOf('wanted')} AND gone = 0`,
    { project, wanted },
  )
  // While it moves a span may be in two traces.
  const newest = new Map(
    rows.sort((one, other) => one.version - other.version).map((row) => [row.id, row]),
  )
  const bodies = await bodiesOf(connection, project, [...newest.values()])
  const bodyOf = (id: string, hash: string): Json => bodies.get(`${id} ${hash}`) ?? null
  return wanted.flatMap((id): SpanDetail[] => {
    const row = newest.get(id)
    if (row === undefined) return []
    const input = bodyOf(id, `input ${row.input_hash}`)
    const output = bodyOf(id, `output ${row.output_hash}`)
    return [{ ...readFacts(row.facts), input, output }]
  })
}

/** By span, field and the row that says it. */
async function bodiesOf(
  connection: Connection,
  project: string,
  rows: readonly Row[],
): Promise<Map<string, Json>> {
  const bodies = new Map<string, Json>()
  const inputs = rows.map((row) => row.input_hash).filter((hash) => hash !== '')
  const outputs = rows.map((row) => row.output_hash).filter((hash) => hash !== '')
  if (inputs.length + outputs.length === 0) return bodies
  const said = await connection.ask<{ id: string; hash: string; input: string; output: string }>(
    `SELECT id, hash, if(hash IN ${listOf('inputs')}, input, '') AS input,
        if(hash IN ${listOf('outputs')}, output, '') AS output
      FROM change WHERE project = {project:String} AND id IN ${listOf('ids')}
        AND hash IN ${listOf('hashes')} LIMIT 1 BY id, hash`,
    {
      project,
      ids: rows.map((row) => row.id),
      hashes: [...inputs, ...outputs],
      inputs,
      outputs,
    },
  )
  for (const { id, hash, input, output } of said) {
    if (input !== '') bodies.set(`${id} input ${hash}`, JSON.parse(input))
    if (output !== '') bodies.set(`${id} output ${hash}`, JSON.parse(output))
  }
  return bodies
}
