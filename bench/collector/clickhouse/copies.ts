/**
 * More of the same, by the engine itself: past a hundred thousand spans what was written is copied, each
 * time a while later and under other ids.
 */

import type { Connection } from '../../../worker/store/clickhouse/client.ts'
import { idOf, START_US, STEP_US } from '../spans.ts'

export const WRITTEN = 100_000

/** @param times How often what is there is to be there in the end. */
export async function copy(connection: Connection, times: number): Promise<void> {
  for (let number = 1; number < times; number += 1) {
    const shift = number * WRITTEN * STEP_US
    const id = `concat(substring(${later('id', shift)}, 1, 8), '-', substring(${later('id', shift)}, 9), substring(id, 14))`
    const trace = `concat(${later('trace_id', shift)}, substring(trace_id, 13))`
    const start = `start_us + ${shift} AS start_us`
    for (const [table, columns, first] of [
      ['change', `${id} AS id`, `substring(id, 1, 13) < {id:String}`],
      ['span', `${id} AS id, ${trace} AS trace_id, ${start}`, `start_us < {us:Int64}`],
      ['trace', `${trace} AS trace_id, ${start}`, `start_us < {us:Int64}`],
    ]) {
      await connection.run(
        `INSERT INTO ${table} SELECT * REPLACE (${columns}) FROM (SELECT * FROM ${table} FINAL
          WHERE project = {project:String} AND ${first})`,
        { project: 'bench', id: idOf(WRITTEN).slice(0, 13), us: START_US + WRITTEN * STEP_US },
      )
    }
  }
}

/** The time that an id begins with, later. */
function later(column: string, shiftUs: number): string {
  const hex = `substring(replaceAll(${column}, '-', ''), 1, 12)`
  const millis = `reinterpretAsUInt64(reverse(unhex(concat('0000', ${hex}))))`
  return `lower(leftPad(hex(${millis} + ${shiftUs / 1000}), 12, '0'))`
}
