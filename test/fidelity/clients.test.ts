import { init, memory, patchFetch } from 'carrot-trace'
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

describe('patchFetch', () => {
  it('records by the global fetch, and gives back the one it found', async () => {
    const found = globalThis.fetch
    const exporter = memory()
    init({ exporters: [exporter] })
    const patch = patchFetch()
    const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
    const call = async () =>
      (await globalThis.fetch(`${baseUrl}/v1/chat/completions`, { method: 'POST', body })).text()
    await call()
    patch.restore()
    await call()
    expect(exporter.records.map(({ name }) => name)).toEqual(['chat gpt-4o'])
    expect(globalThis.fetch).toBe(found)
  })
})
