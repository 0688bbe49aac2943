/**
 * Making what is shown from what was said, without a transaction.
 *
 * Whoever makes a row takes the engine's clock first and looks second, and of two rows the one with the
 * later clock counts. What a writer said was there before it took the clock; so a row with a later one
 * was made by someone who saw it. Whoever comes last has seen everything that was accepted.
 *
 * @module
 */

import { type Connection, listOf } from './client.ts'
import { familyOf, type Wanted } from './family.ts'
import { type Prices, startMaking } from './making.ts'
import { settle } from './places.ts'
import { toRow } from './rows.ts'
import { inSlices } from './slices.ts'
import { SUM_UP } from './sum-up.ts'

/** Makes the rows of these spans, of all who follow them into another trace, and of their traces. */
export async function make(
  connection: Connection,
  project: string,
  what: Wanted,
  prices: Prices,
): Promise<string[]> {
  const making = await startMaking(connection, project, prices)
  const members = [...(await familyOf(connection, project, what)).values()]
  await connection.insert(
    'span',
    members.map((member) => toRow(project, member, making)),
  )
  const unsettled = members.filter(({ isSettled }) => !isSettled).map(({ known }) => known.id)
  const left = await settle(connection, project, unsettled)
  const traces = [...new Set([...members.map(({ home }) => home), ...left])]
  await inSlices(traces, async (some) => {
    await connection.run(SUM_UP, { project, some })
    return []
  })
  return traces
}

/** Which of these traces were removed by name. */
export async function removedOf(
  connection: Connection,
  project: string,
  traces: readonly string[],
): Promise<Set<string>> {
  const rows = await inSlices(traces, (some) =>
    connection.ask<{ trace_id: string }>(
      `SELECT DISTINCT trace_id FROM removed
        WHERE project = {project:String} AND trace_id IN ${listOf('some')}`,
      { project, some },
    ),
  )
  return new Set(rows.map((row) => row.trace_id))
}
