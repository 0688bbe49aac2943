import { describe, expect, inject, it } from 'vitest'
import { KNOWN_FORMATS } from './formats.ts'
import { observeNative, observeTraced, UNEXPECTED } from './observe.ts'
import { CLIENTS } from './uses/clients.ts'

const origin = inject('apis')

describe.each(CLIENTS)('$name', async ({ uses, ways }) => {
  const rows = []
  for (const use of uses) {
    const native = await observeNative(use, origin)
    for (const by of ways) {
      rows.push({ name: use.name, by, use, native, traced: await observeTraced(use, origin, by) })
    }
  }

  it.each(rows)('preserves, by $by: $name', ({ native, traced }) => {
    expect(native.seen).not.toHaveProperty(UNEXPECTED)
    expect(traced.observed).toEqual(native)
  })

  it.each(rows)('records, by $by: $name', ({ use, traced }) => {
    const { recorded, tokens } = traced
    const known = use.calls.filter(({ format }) => KNOWN_FORMATS.has(format))
    expect({ recorded, tokens }).toEqual({
      recorded: known.map(({ format }) => format).toSorted(),
      tokens: known
        .filter(({ tokens }) => tokens)
        .map(({ format }) => format)
        .toSorted(),
    })
  })
})
