/**
 * In which trace spans are, told from what was said alone: what others have made of it meanwhile may be
 * about to change.
 *
 * @module
 */

import { traceIdOf } from '../../../src/lib/ids.ts'
import { moves, type Relative } from '../home.ts'
import { type Connection, listOf } from './client.ts'
import { hear, type Heard, TOLD_COLUMNS, type ToldRow } from './said.ts'

export interface Member extends Heard {
  home: string
}

/** Ids in one statement; a value may have 128 KiB. */
const MAX_IDS = 1000

/** A chain of parents is followed so far, up and down. */
const MAX_STEPS = 1000

/** By its span id and its id: the former is what rows are in order of. */
export type Key = readonly [spanId: string, id: string]

/** These spans, and all who wait for them, by id. */
export async function familyOf(
  connection: Connection,
  project: string,
  keys: readonly Key[],
): Promise<Map<string, Member>> {
  const heard = new Map<string, Heard>()
  /** Those whose place may be another now; the others are only their ancestors. */
  const affected = new Set(keys.map(([, id]) => id))
  const asked = { parents: new Set<string>(), followers: new Set<string>() }

  async function load(rows: readonly ToldRow[]): Promise<void> {
    for (const [id, own] of Map.groupBy(rows, (row) => row.id)) {
      const one = hear(own)
      if (one) heard.set(id, one)
    }
  }

  await load(await toldBy(connection, project, keys))
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const followers = fresh(
      asked.followers,
      [...affected].map((id) => heard.get(id)?.known.spanId),
    )
    const waiting = await waitingFor(connection, project, followers)
    for (const [, id] of waiting) affected.add(id)
    await load(await toldBy(connection, project, waiting.filter(([, id]) => !heard.has(id))))
    const parents = fresh(
      asked.parents,
      [...heard.values()].map(({ known }) => (known.traceId === null ? known.parentId : null)),
    )
    await load(await saidOf(connection, project, parents))
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

async function toldBy(connection: Connection, project: string, keys: readonly Key[]) {
  const ids = new Set(keys.map(([, id]) => id))
  const rows = await saidOf(connection, project, [...new Set(keys.map(([spanId]) => spanId))])
  return rows.filter(({ id }) => ids.has(id))
}

function saidOf(connection: Connection, project: string, spanIds: readonly string[]) {
  return inSlices(spanIds, (some) =>
    connection.ask<ToldRow>(
      `SELECT ${TOLD_COLUMNS} FROM change FINAL
        WHERE project = {project:String} AND span_id IN ${listOf('some')}`,
      { project, some },
    ),
  )
}

async function waitingFor(
  connection: Connection,
  project: string,
  spanIds: readonly string[],
): Promise<Key[]> {
  const rows = await inSlices(spanIds, (some) =>
    connection.ask<{ span_id: string; id: string }>(
      `SELECT DISTINCT span_id, id FROM waiting
        WHERE project = {project:String} AND parent_id IN ${listOf('some')}`,
      { project, some },
    ),
  )
  return rows.map((row) => [row.span_id, row.id])
}

export async function inSlices<T, R>(
  list: readonly T[],
  ask: (some: readonly T[]) => Promise<R[]>,
): Promise<R[]> {
  const found: R[] = []
  for (let start = 0; start < list.length; start += MAX_IDS) {
    found.push(...(await ask(list.slice(start, start + MAX_IDS))))
  }
  return found
}
