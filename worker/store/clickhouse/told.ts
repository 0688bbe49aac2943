/**
 * Reading what was said, in two steps: which rows there are, and then what those say that are not known.
 *
 * Of most spans there is one row, which was just written: its text is never read back.
 *
 * @module
 */

import { type Connection, listOf } from './client.ts'
import type { SaidRow, ToldRow } from './said.ts'
import { inSlices } from './slices.ts'

export interface ToldOf {
  byId(ids: readonly string[]): Promise<ToldRow[]>
  bySpanId(spanIds: readonly string[]): Promise<ToldRow[]>
}

/** @param known Rows whose text need not be read. */
export function toldIn(
  connection: Connection,
  project: string,
  known: readonly Pick<SaidRow, 'id' | 'hash' | 'said'>[],
): ToldOf {
  const texts = new Map(known.map((row) => [keyOf(row), row.said]))

  async function told(column: 'id' | 'span_id', values: readonly string[]): Promise<ToldRow[]> {
    const rows = await inSlices([...new Set(values)], (some) =>
      connection.ask<Omit<ToldRow, 'said'>>(
        `SELECT id, hash, min(change.first_us) AS first_us, max(change.last_us) AS last_us,
            max(change.place) AS place
          FROM change WHERE project = {project:String} AND ${column} IN ${listOf('some')}
          GROUP BY id, hash`,
        { project, some },
      ),
    )
    await read(rows.filter((row) => !texts.has(keyOf(row))))
    return rows.map((row) => ({ ...row, said: texts.get(keyOf(row)) ?? '' }))
  }

  async function read(rows: readonly { id: string; hash: string }[]): Promise<void> {
    const found = await inSlices(rows, (some) =>
      connection.ask<{ id: string; hash: string; said: string }>(
        `SELECT id, hash, said FROM change
          WHERE project = {project:String} AND id IN ${listOf('ids')} AND hash IN ${listOf('hashes')}
          LIMIT 1 BY id, hash`,
        { project, ids: some.map(({ id }) => id), hashes: some.map(({ hash }) => hash) },
      ),
    )
    for (const row of found) texts.set(keyOf(row), row.said)
  }

  return {
    byId: (ids) => told('id', ids),
    bySpanId: (spanIds) => told('span_id', spanIds),
  }
}

function keyOf({ id, hash }: { id: string; hash: string }): string {
  return `${id} ${hash}`
}
