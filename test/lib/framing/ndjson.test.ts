import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ndjson } from '../../../src/lib/framing/ndjson.ts'
import type { Json } from '../../../src/index.ts'

const MAX = 200

/** What is found in the text, given in chunks whose sizes are these, over and over. */
function found(text: string, sizes: readonly number[], complete = true): Json[] {
  const all: Json[] = []
  const stream = ndjson(
    {
      payload: (payload) => void all.push(payload),
      undecodable: () => void all.push('undecodable'),
      overflow: () => void all.push('overflow'),
      done: () => void all.push('done'),
    },
    MAX,
  )
  const bytes = new TextEncoder().encode(text)
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    stream.push(bytes.slice(at, at + size))
    at += size
  }
  stream.end(complete)
  return all
}

const CHUNKS = [1, 7, 50, 10_000]

describe('ndjson', () => {
  it('gives the values of the lines, in any chunks, with any ends of line', () => {
    // Shorter by one than what is held: a carriage return counts.
    const value = fc.jsonValue({ maxDepth: 3 }).filter((it) => JSON.stringify(it).length < MAX)
    const end = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n \r\n')
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, end)), fc.option(value), sizes, (lines, last, sizes) => {
        const told = lines.map(([value, end]) => JSON.stringify(value) + end).join('')
        const values = lines.map(([value]) => value)
        const text = last === null ? told : told + JSON.stringify(last)
        const all = last === null ? values : [...values, last]
        expect(found(text, sizes)).toEqual(JSON.parse(JSON.stringify(all)))
      }),
      { numRuns: 300 },
    )
  })

  it.each(CHUNKS)('gives up a line that is too long, and that alone, in chunks of %i', (chunk) => {
    const huge = JSON.stringify({ text: 'x '.repeat(300) })
    expect(found(`{"n":1}\n${huge}\n{"n":2}\n${huge}`, [chunk])).toEqual([
      { n: 1 },
      'overflow',
      { n: 2 },
      'overflow',
    ])
  })

  it.each(CHUNKS)('counts a line that is no JSON, in chunks of %i', (chunk) => {
    expect(found('{"n":1}\n{"n":\n<html>\n{"n":2}\n', [chunk])).toEqual([
      { n: 1 },
      'undecodable',
      'undecodable',
      { n: 2 },
    ])
  })

  it('lets go of a last line that was not read to its end', () => {
    expect(found('{"n":1}\n{"n":2', [3], false)).toEqual([{ n: 1 }])
  })
})
