import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReader, type Bulk } from '../../../src/lib/framing/reader.ts'

const OVER = 40
const base64 = fc
  .array(fc.constantFrom(...'ABCyz019+/-_'), { maxLength: 130 })
  .map((characters) => characters.join(''))
const documents = fc.record({
  data: base64,
  padded: base64.map((text) => `${text}==`),
  vector: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 40 }),
  words: fc.array(fc.lorem({ maxCount: 3 }), { maxLength: 4 }),
  any: fc.string({ unit: 'grapheme', maxLength: 30 }),
})

/** In chunks whose sizes are these, over and over. */
function read(text: string, sizes: readonly number[], bulk: Bulk | undefined): string {
  const reader = createReader(bulk)
  const bytes = new TextEncoder().encode(text)
  let result = ''
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    result += reader(bytes.slice(at, at + size))
    at += size
  }
  return result + reader()
}

const counted = (text: string) => {
  const { length } = text.replace(/=+$/, '')
  return length > OVER ? text.replace(/^[^=]+/, `…${length}…`) : text
}

describe('createReader', () => {
  it('counts long base64 and leaves everything else as it is, in any chunks', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 2),
        (document, sizes, indent) => {
          const text = JSON.stringify(document, null, indent)
          expect(JSON.parse(read(text, sizes, { over: OVER }))).toEqual({
            ...JSON.parse(text),
            data: counted(document.data),
            padded: counted(document.padded),
          })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('counts long lists of numbers where a format has such, in any chunks', () => {
    fc.assert(
      fc.property(
        documents.map(({ data, vector }) => ({ data, vector, index: 7 })),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 2),
        (document, sizes, indent) => {
          const text = JSON.stringify(document, null, indent)
          const [, list = ''] = /\[([^\]]*)\]/.exec(text) ?? []
          expect(JSON.parse(read(text, sizes, { over: OVER, lists: true }))).toEqual({
            data: counted(document.data),
            vector: list.length > OVER ? [`…${document.vector.length}…`] : JSON.parse(text).vector,
            index: 7,
          })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leaves all as it is where a format has nothing in bulk', () => {
    const text = JSON.stringify({ picture: 'A'.repeat(10_000), greeting: 'Grüße 👋' })
    expect(read(text, [1, 7], undefined)).toBe(text)
  })
})
