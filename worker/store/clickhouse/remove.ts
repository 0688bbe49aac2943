/**
 * Removing traces, with all that belongs to them.
 *
 * The bodies go first: as long as a span is there, asking again finds what is left of it.
 *
 * @module
 */

import type { Removal, Removed } from '../store.ts'
import { type Connection, listOf } from './client.ts'

/** In one call: about a second of work. */
const MAX_TRACES = 1000

export async function remove(
  connection: Connection,
  project: string,
  what: Removal,
): Promise<Removed> {
  const byName = 'traces' in what
  const traces = byName
    ? what.traces.slice(0, MAX_TRACES)
    : await oldest(connection, project, what.beforeUs)
  if (traces.length === 0) return { spans: 0, more: false }
  if (byName) {
    // Before its steps: what arrives from now on is late.
    await connection.insert(
      'removed',
      traces.map((trace) => ({ project, trace_id: trace })),
    )
  }
  const spans = await dropTraces(connection, project, traces)
  return { spans, more: byName ? what.traces.length > traces.length : traces.length === MAX_TRACES }
}

/** @returns How many spans there were. */
export async function dropTraces(
  connection: Connection,
  project: string,
  traces: readonly string[],
): Promise<number> {
  const values = { project, traces }
  const [counted] = await connection.ask<{ spans: number }>(
    `SELECT countIf(gone = 0) AS spans FROM span FINAL
      WHERE project = {project:String} AND trace_id IN ${listOf('traces')}`,
    values,
  )
  const own = `SELECT id FROM span FINAL
    WHERE project = {project:String} AND gone = 0 AND trace_id IN ${listOf('traces')}`
  for (const table of ['change', 'waiting']) {
    await connection.run(
      `DELETE FROM ${table} WHERE project = {project:String} AND id IN (${own})`,
      values,
    )
  }
  for (const table of ['span', 'trace']) {
    await connection.run(
      `DELETE FROM ${table} WHERE project = {project:String} AND trace_id IN ${listOf('traces')}`,
      values,
    )
  }
  return counted?.spans ?? 0
}

async function oldest(
  connection: Connection,
  project: string,
  beforeUs: number,
): Promise<string[]> {
  const rows = await connection.ask<{ trace_id: string }>(
    `SELECT trace_id FROM trace FINAL
      WHERE project = {project:String} AND spans > 0 AND start_us < {before:Int64}
      ORDER BY start_us LIMIT ${MAX_TRACES}`,
    { project, before: beforeUs },
  )
  return rows.map((row) => row.trace_id)
}
