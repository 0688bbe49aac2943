/**
 * A span is in one trace. Where it moved, its row in the trace it left says that it is gone.
 *
 * Looked at after the new rows are there: of two who move a span at once, the one who comes later sees
 * both places, and the newest of them counts.
 *
 * @module
 */

import { type Connection, listOf } from './client.ts'
import { inSlices } from './slices.ts'

interface Place {
  id: string
  trace_id: string
  version: number
  gone: number
}

/** @returns The traces that were left. */
export async function settle(
  connection: Connection,
  project: string,
  ids: readonly string[],
): Promise<string[]> {
  const places = await inSlices(ids, (some) =>
    connection.ask<Place>(
      `SELECT id, trace_id, max(span.version) AS version, argMax(span.gone, span.version) AS gone FROM span
        WHERE project = {project:String} AND id IN ${listOf('some')} GROUP BY id, trace_id`,
      { project, some },
    ),
  )
  const stale = [...Map.groupBy(places, ({ id }) => id).values()].flatMap((own) => {
    const newest = own.reduce((one, other) => (isNewer(other, one) ? other : one))
    return own
      .filter((place) => place !== newest && place.gone === 0)
      .map((place) => ({ ...place, version: newest.version + 1, gone: 1, project }))
  })
  await connection.insert('span', stale)
  return stale.map((place) => place.trace_id)
}

/** A row that is there counts before one that only says where the span is no more. */
function isNewer(one: Place, other: Place): boolean {
  if (one.gone !== other.gone) return one.gone < other.gone
  return one.version - other.version > 0
}
