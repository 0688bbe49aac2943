import { afterAll, describe, expect, inject, it } from 'vitest'
import { KNOWN_FORMATS } from './formats.ts'
import { asHeld, observeAll } from './observe.ts'
import { UNEXPECTED } from './run.ts'
import { lines, page } from './table.ts'
import { CLIENTS } from './uses/clients.ts'

const results = await observeAll(CLIENTS, inject('apis'))

describe.each(CLIENTS)('$name', ({ name }) => {
  const rows = results
    .filter(({ client }) => client.name === name)
    .flatMap(({ use, native, traced }) =>
      traced.map((seen) => ({ name: use.name, use, native, ...seen })),
    )

  it.each(rows)('preserves, by $by: $name', ({ native, observed }) => {
    expect(native.seen).not.toHaveProperty(UNEXPECTED)
    expect(asHeld(observed, native)).toEqual(native)
  })

  it.each(rows)('records, by $by: $name', ({ use, recorded, tokens }) => {
    const known = use.calls.filter(({ format }) => KNOWN_FORMATS.has(format))
    const counted = known.filter(({ tokens }) => tokens)
    expect({ recorded, tokens }).toEqual({
      recorded: known.map(({ format }) => format).toSorted(),
      tokens: counted.map(({ format }) => format).toSorted(),
    })
  })
})

describe('docs/clients.md', () => {
  afterAll(() => console.log(lines(results)))

  it('says what came out of this run', async () => {
    await expect(page(results)).toMatchFileSnapshot('../../docs/clients.md')
  })
})
