import { describe, expect, inject, it } from 'vitest'
import { EXPECTED } from './expected.ts'
import { EXPECTED_PATHS, observePipelines, observeScenarios } from './observe.ts'

const baseUrl = inject('baseUrl')
const observations = await observeScenarios(baseUrl)

describe('traced fetch', () => {
  it.each(observations)(
    'shows the application what fetch shows it: $name',
    ({ native, traced }) => {
      expect(traced).toEqual(native)
    },
  )

  it.each(observations)('records what happened: $name', ({ name, records }) => {
    expect(records).toEqual(EXPECTED[name])
  })
})

describe('span', () => {
  it('gives calls of concurrent pipelines their own parents by the ambient context', async () => {
    expect(await observePipelines(baseUrl, 'auto')).toEqual(EXPECTED_PATHS)
  })

  it('gives calls of concurrent pipelines their own parents without any ambient context', async () => {
    expect(await observePipelines(baseUrl, 'off')).toEqual(EXPECTED_PATHS)
  })
})
