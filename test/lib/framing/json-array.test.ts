import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/index.ts'
import { jsonArray } from '../../../src/lib/framing/json-array.ts'

/** What is found in chunks whose sizes are these, over and over; and what of it before the last byte. */
function framed(text: string, sizes: readonly number[], maxChars = 10_000, complete = true) {
  const found: Json[] = []
  const framing = jsonArray(
    {
      payload: (payload) => void found.push(payload),
      undecodable: () => void found.push('undecodable'),
      overflow: () => void found.push('overflow'),
      done: () => void found.push('done'),
    },
    maxChars,
  )
  const bytes = new TextEncoder().encode(text)
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    framing.push(bytes.slice(at, at + size))
    at += size
  }
  const early = [...found]
  framing.end(complete)
  return { found, early }
}

const SIZES = [[1], [2], [7], [50], [100_000]]

describe('jsonArray', () => {
  it('gives the elements of any array, printed in any way, in any chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 2, '\r\n\t'),
        (values, sizes, indent) => {
          const text = `\n${JSON.stringify(values, null, indent)} \r\n`
          expect(framed(text, sizes).found).toEqual([...JSON.parse(text), 'done'])
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each(SIZES)('hands on an object before anything follows it, in chunks of %i', (size) => {
    const { early } = framed('[{"a":"]}\\"[{,"}\n,\r\n{"b":[{}]}', [size])
    expect(early).toEqual([{ a: ']}"[{,' }, { b: [{}] }])
  })

  it.each(SIZES)(
    'gives up an element that is too large, and that alone, in chunks of %i',
    (size) => {
      const huge = JSON.stringify({ text: '"}],[{\\ '.repeat(300) })
      const text = `[{"n":1},\n${huge}\n,{"n":2}${' '.repeat(300)},{"n":3}]`
      const { found } = framed(text, [size], 200)
      expect(found).toEqual([{ n: 1 }, 'overflow', { n: 2 }, { n: 3 }, 'done'])
    },
  )

  it.each(SIZES)('gives what is no array as it is, in chunks of %i', (size) => {
    const failure = { error: { code: [1, 2], details: [{}] } }
    expect(framed(` ${JSON.stringify(failure)}\n`, [size]).found).toEqual([failure])
    expect(framed('"a,b"', [size]).found).toEqual(['a,b'])
  })

  it.each(SIZES)('counts what is no JSON and reads on, in chunks of %i', (size) => {
    expect(framed('[{"n":1},{nonsense},{"n":2}]', [size]).found).toEqual([
      { n: 1 },
      'undecodable',
      { n: 2 },
      'done',
    ])
  })

  it('is not done where the array is not closed', () => {
    expect(framed('[{"n":1},{"n":', [3]).found).toEqual([{ n: 1 }, 'undecodable'])
    expect(framed('[{"n":1},{"n":', [3], 10_000, false).found).toEqual([{ n: 1 }])
    expect(framed('[{"n":1},', [3]).found).toEqual([{ n: 1 }])
  })

  it('survives text of any kind, and reads what stands between it', () => {
    const pieces = fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', ' ', '1', 'null', 'é')
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (all, size) => {
          framed(all.join(''), [size], 20)
        },
      ),
    )
    expect(framed('[}}, {"n":1}}, ,{"n":2}]', [1]).found).toEqual([{ n: 1 }, { n: 2 }, 'done'])
  })
})
