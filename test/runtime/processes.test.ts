import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { compile } from '../support/compile.ts'
import { PROCESSES, start, type Ran } from '../support/processes.ts'
import { createWorld, type World } from '../support/world.ts'
import { itHolds } from './held.ts'
import type { Outcomes } from './suite.ts'

const { folder } = inject('installed')
const source = fileURLToPath(new URL('programs/process.ts', import.meta.url))
const program = await compile(source, folder, 'suite-process')

describe.each(PROCESSES)('the installed package on $name', (runtime) => {
  const place = {
    kind: 'process' as const,
    ambient: true,
    looksIntoRequests: runtime.name !== 'Deno',
  }
  let world: World
  let ran: Ran

  beforeAll(async () => {
    world = await createWorld()
    const env = { PLACE: JSON.stringify({ url: world.url, ...place }) }
    ran = await start(runtime, program, env).ended
  })
  afterAll(() => world.close())

  itHolds(place, () => ({ world, outcomes: JSON.parse(ran.stdout) as Outcomes }))

  it('leaves nothing unhandled and writes nothing', () => {
    expect({ stderr: ran.stderr, ended: ran.ended }).toEqual({ stderr: '', ended: 0 })
  })
})
