/**
 * What a collector got, as the paths of a tree.
 *
 * @module
 */

import { fields, items, string } from '../../src/lib/json.ts'
import type { IngestRecord } from '../../src/lib/ingest.ts'

export interface Delivered {
  /** Of each record that has ended, once, in the order of the alphabet. */
  paths: string[]
  /** Ids of records whose end came more than once, or not at all. */
  notOnce: string[]
}

export function delivered(requests: readonly IngestRecord[][]): Delivered {
  const written = requests.flat()
  const ends = new Map<string, number>()
  const bySpan = new Map<string, IngestRecord>()
  for (const record of written) {
    const { id = '', status } = record
    ends.set(id, (ends.get(id) ?? 0) + (status === 'running' ? 0 : 1))
    const key = id.replaceAll('-', '').slice(-16)
    if (status !== 'running' || !bySpan.has(key)) bySpan.set(key, record)
  }
  return {
    paths: [...bySpan.values()].map(pathOf).toSorted(),
    notOnce: [...ends].flatMap(([id, times]) => (times === 1 ? [] : [id])),
  }

  function pathOf(record: IngestRecord): string {
    const parent = bySpan.get(string(fields(fields(record.metadata).carrot).parent_id) ?? '')
    return parent ? `${pathOf(parent)} > ${labelOf(record)}` : labelOf(record)
  }
}

/** A call by what was asked; where the body could not be seen, by its name alone, without a date. */
function labelOf({ name = '', input }: IngestRecord): string {
  const question = string(fields(items(fields(input).messages).at(-1)).content)
  return question === undefined ? name.replace(/-\d{4}-\d\d-\d\d$/, '') : `${name} “${question}”`
}
