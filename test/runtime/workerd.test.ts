import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bundle, compile } from '../support/compile.ts'
import { serveWorkers, WORKERS, type Workers } from '../support/workerd.ts'
import { createWorld, type World } from '../support/world.ts'
import { itHolds } from './held.ts'
import type { Outcomes } from './suite.ts'

const { folder } = inject('installed')
const source = fileURLToPath(new URL('programs/worker.ts', import.meta.url))
let workers: Workers

beforeAll(async () => {
  const script = await bundle(await compile(source, folder, 'suite-worker'), 'workerd')
  workers = await serveWorkers(script, WORKERS)
})
afterAll(() => workers.close())

describe.each(WORKERS.map((runtime, index) => ({ ...runtime, index })))(
  'the installed package in $name',
  ({ ambient, index }) => {
    const place = { kind: 'worker' as const, ambient, looksIntoRequests: true }
    let world: World
    let outcomes: Outcomes
    let unhandled: string[]

    beforeAll(async () => {
      world = await createWorld()
      const url = workers.urls[index] ?? ''
      const body = JSON.stringify({ url: world.url, ...place })
      outcomes = (await (await fetch(url, { method: 'POST', body })).json()) as Outcomes
      unhandled = (await (await fetch(url)).json()) as string[]
    })
    afterAll(() => world.close())

    itHolds(place, () => ({ world, outcomes }))

    it('leaves nothing unhandled and writes nothing', () => {
      expect({ unhandled, log: workers.log() }).toEqual({ unhandled: [], log: '' })
    })
  },
)
