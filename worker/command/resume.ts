/**
 * Where an export that was cut has to go on.
 *
 * Traces come oldest first, each with all its steps. The last one in the file may lack some, so it is
 * cut off and comes again; those that began at the very same time are known to be whole.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import { open, truncate } from 'node:fs/promises'
import { fields, parse, string } from '../../src/lib/json.ts'
import { Failure } from './failure.ts'

export interface Place {
  /** When the last trace began; absent where there is none. */
  from?: string
  /** Traces that began then and are whole. */
  complete: ReadonlySet<string>
}

export async function placeIn(file: string): Promise<Place> {
  if (!existsSync(file)) return { complete: new Set() }
  let last = { trace: '', from: '', offset: 0 }
  let complete = new Set<string>()
  let offset = 0
  for await (const line of fileLines(file)) {
    if (line.isWhole) {
      const record = fields(parse(line.text))
      const trace = string(fields(fields(record.metadata).carrot).trace_id)
      const from = string(record.started_at)
      if (trace === undefined || from === undefined) {
        throw new Failure(`${file} is no export: it has a line that is no record.`)
      }
      if (trace !== last.trace) {
        complete = last.from === from ? complete.add(last.trace) : new Set()
        last = { trace, from, offset }
      }
    }
    offset += line.bytes
  }
  await truncate(file, last.offset)
  return last.from === '' ? { complete } : { from: last.from, complete }
}

async function* fileLines(
  file: string,
): AsyncGenerator<{ text: string; bytes: number; isWhole: boolean }> {
  await using handle = await open(file)
  let rest = Buffer.alloc(0)
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let start = 0
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      yield { text: rest.toString('utf8', start, end), bytes: end + 1 - start, isWhole: true }
      start = end + 1
    }
    rest = rest.subarray(start)
  }
  if (rest.length > 0) yield { text: '', bytes: rest.length, isWhole: false }
}
