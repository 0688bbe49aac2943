import { describe, expect, inject, it } from 'vitest'
import { observeWire } from './observe.ts'

const observations = await observeWire(inject('wireUrl'))

describe('traced fetch', () => {
  it.each(observations)(
    'shows the application what fetch shows it: $name',
    ({ native, traced }) => {
      expect(traced).toEqual(native)
    },
  )

  it.each(observations)('knows how the call ended: $name', ({ ended, records }) => {
    expect(records.map((record) => record.ended)).toEqual(ended)
  })
})
