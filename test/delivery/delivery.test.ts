import { beforeAll, describe, expect, inject, it } from 'vitest'
import { page } from './page.ts'
import { endPages, PAGE_ENDINGS } from './pages.ts'
import { endProcesses, PROCESS_ENDINGS } from './processes.ts'
import { expected, type Row, type Way } from './row.ts'
import { endWorkers, WORKER_ENDINGS } from './workers.ts'

type Kind = 'processes' | 'workers' | 'pages'

const KINDS: [what: string, kind: Kind, ways: readonly Way[], end: typeof endPages][] = [
  ['a process that ends by', 'processes', PROCESS_ENDINGS, endProcesses],
  ['an invocation of a Worker that', 'workers', WORKER_ENDINGS, endWorkers],
  ['a page that', 'pages', PAGE_ENDINGS, endPages],
]
const rows: Record<Kind, readonly Row[]> = { processes: [], workers: [], pages: [] }

describe.each(KINDS)('%s', (_what, kind, ways, end) => {
  beforeAll(async () => {
    rows[kind] = await end(inject('installed').folder)
  })

  it.each(ways)('$name loses nothing but what nobody could save', (way) => {
    const { delivered = {} } = rows[kind].find(({ name }) => name === way.name) ?? {}
    const runtimes = Object.keys(delivered)
    expect(runtimes.length).toBeGreaterThan(0)
    expect(delivered).toEqual(
      Object.fromEntries(runtimes.map((runtime) => [runtime, expected(way, runtime)])),
    )
  })
})

describe('docs/delivery.md', () => {
  it('says what came out of this run', async () => {
    await expect(page(rows)).toMatchFileSnapshot('../../docs/delivery.md')
  })
})
