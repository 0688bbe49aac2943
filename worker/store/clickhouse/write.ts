/**
 * Writing: what was said is kept, and what it comes to is made again.
 *
 * Repeating it changes nothing, whatever became of the first attempt: a reply that was lost, a half of
 * the work.
 *
 * @module
 */

import { traceIdOf } from '../../../src/lib/ids.ts'
import type { SpanChange } from '../store.ts'
import type { Connection } from './client.ts'
import { make, removedOf } from './make.ts'
import { dropTraces } from './remove.ts'
import type { Wanted } from './family.ts'
import { type Prices, startMaking } from './making.ts'
import { toSaidRow } from './said.ts'

/** Resolves when the changes are durable, and seen by everyone who asks. */
export async function write(
  connection: Connection,
  project: string,
  changes: readonly SpanChange[],
  prices: Prices,
): Promise<void> {
  const traces = [...new Set(changes.map(({ traceId, id }) => traceId ?? traceIdOf(id)))]
  const removed = await removedOf(connection, project, traces)
  const kept = changes.filter(({ traceId }) => traceId === null || !removed.has(traceId))
  if (kept.length === 0) return
  // Before the rows themselves: who sees one of them finds who waits for it.
  await connection.insert(
    'waiting',
    kept
      .filter(({ traceId, parentId }) => traceId === null && parentId !== null)
      .map(({ id, parentId }) => ({ project, parent_id: parentId, id })),
  )
  const rows = await Promise.all(kept.map((change, place) => toSaidRow(project, change, place)))
  await connection.insert('change', rows)
  await makeAndDrop(connection, project, { ids: kept.map(({ id }) => id), rows }, prices)
}

/** Someone may have removed a trace meanwhile, and have seen nothing of these yet. */
async function makeAndDrop(
  connection: Connection,
  project: string,
  what: Wanted,
  prices: Prices,
): Promise<void> {
  const traces = await make(connection, project, what, prices)
  const late = await removedOf(connection, project, traces)
  if (late.size > 0) await dropTraces(connection, project, [...late])
}

/** Spans that are made again in one go. */
const MAX_OLD = 500

/** Makes some of the rows again that were made otherwise. @returns Whether there may be more. */
export async function remake(
  connection: Connection,
  project: string,
  prices: Prices,
): Promise<boolean> {
  const { made } = await startMaking(connection, project, prices)
  const rows = await connection.ask<{ id: string }>(
    `SELECT id FROM span FINAL
      WHERE project = {project:String} AND gone = 0 AND made != {made:String} LIMIT ${MAX_OLD}`,
    { project, made },
  )
  if (rows.length === 0) return false
  await makeAndDrop(connection, project, { ids: rows.map(({ id }) => id), rows: [] }, prices)
  return rows.length === MAX_OLD
}
