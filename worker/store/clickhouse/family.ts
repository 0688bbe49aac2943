/**
 * In which trace spans are, told from what was said alone: what others have made of it meanwhile may be
 * about to change.
 *
 * @module
 */

import { traceIdOf } from '../../../src/lib/ids.ts'
import { moves, type Relative } from '../home.ts'
import { type Connection, listOf } from './client.ts'
import { hear, type Heard, type SaidRow, type ToldRow } from './said.ts'
import { inSlices } from './slices.ts'
import { toldIn } from './told.ts'

export interface Member extends Heard {
  home: string
}

/** A chain of parents is followed so far, up and down. */
const MAX_STEPS = 1000

export interface Wanted {
  ids: readonly string[]
  /** What is known of them without asking: the rows that were just written. */
  rows: readonly Pick<SaidRow, 'id' | 'hash' | 'said'>[]
}

/** These spans, and all who wait for them, by id. */
export async function familyOf(
  connection: Connection,
  project: string,
  { ids, rows }: Wanted,
): Promise<Map<string, Member>> {
  const told = toldIn(connection, project, rows)
  const heard = new Map<string, Heard>()
  /** Those whose place may be another now; the others are only their ancestors. */
  const affected = new Set(ids)
  const asked = { parents: new Set<string>(), followers: new Set<string>() }

  function add(said: readonly ToldRow[]): void {
    for (const [id, own] of Map.groupBy(said, (row) => row.id)) {
      const one = hear(own)
      if (one) heard.set(id, one)
    }
  }

  add(await told.byId([...affected]))
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const followers = fresh(
      asked.followers,
      [...affected].map((id) => heard.get(id)?.known.spanId),
    )
    const waiting = await waitingFor(connection, project, followers)
    for (const id of waiting) affected.add(id)
    add(await told.byId(waiting.filter((id) => !heard.has(id))))
    const parents = fresh(
      asked.parents,
      [...heard.values()].map(({ known }) => (known.traceId === null ? known.parentId : null)),
    )
    add(await told.bySpanId(parents))
    if (waiting.length === 0 && parents.length === 0) break
  }
  return placed(heard, affected)
}

/** What was not asked for yet. */
function fresh(asked: Set<string>, wanted: readonly (string | null | undefined)[]): string[] {
  const some = wanted.filter((one) => typeof one === 'string').filter((one) => !asked.has(one))
  for (const one of some) asked.add(one)
  return [...new Set(some)]
}

function placed(heard: ReadonlyMap<string, Heard>, affected: ReadonlySet<string>) {
  const relatives = [...heard.values()].map(({ known }): Relative => ({
    id: known.id,
    spanId: known.spanId,
    parentId: known.parentId,
    traceId: known.traceId ?? traceIdOf(known.id),
    settled: known.traceId !== null,
  }))
  relatives.sort((one, other) => (one.id < other.id ? -1 : 1))
  const bySpanId = Map.groupBy(relatives, ({ spanId }) => spanId)
  const waiting = Map.groupBy(
    relatives.filter(({ settled }) => !settled),
    ({ parentId }) => parentId,
  )
  const moving = moves(relatives, {
    parent: ({ parentId }) => (parentId === null ? undefined : bySpanId.get(parentId)?.[0]),
    followers: ({ spanId }) => waiting.get(spanId) ?? [],
  })
  return new Map(
    relatives.flatMap((relative): [string, Member][] => {
      const one = heard.get(relative.id)
      if (one === undefined || !affected.has(relative.id)) return []
      return [[relative.id, { ...one, home: moving.get(relative) ?? relative.traceId }]]
    }),
  )
}

async function waitingFor(
  connection: Connection,
  project: string,
  spanIds: readonly string[],
): Promise<string[]> {
  const rows = await inSlices(spanIds, (some) =>
    connection.ask<{ id: string }>(
      `SELECT DISTINCT id FROM waiting
        WHERE project = {project:String} AND parent_id IN ${listOf('some')}`,
      { project, some },
    ),
  )
  return rows.map(({ id }) => id)
}
