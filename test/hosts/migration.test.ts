import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FileDriver, nodeDriver } from '../../worker/node/node-driver.ts'
import { pricing } from '../../worker/price/price.ts'
import type { Driver } from '../../worker/store/sqlite/driver.ts'
import { migrate } from '../../worker/store/sqlite/migrate.ts'
import { SPAN_MIGRATIONS } from '../../worker/store/sqlite/schema.ts'
import { sqliteStore, type ProjectStore } from '../../worker/store/sqlite/sqlite.ts'
import type { Term } from '../../worker/store/query.ts'
import { START_US, traceId } from '../store/changes.ts'
import { everything } from '../store/everything.ts'
import { storeOf } from '../store/node-store.ts'
import { temporaryFolder } from './folder.ts'
import { CHANGES, makeVersion1 } from './version-1.ts'

const options = { price: pricing, prices: 'of the tests', now: () => 1_770_000_000_000 }

async function tended(driver: Driver): Promise<ProjectStore> {
  const store = sqliteStore(driver, options)
  while (await store.tend()) continue
  return store
}

/** The same said to a database of today. */
async function fresh(): Promise<ProjectStore> {
  const store = sqliteStore(nodeDriver(), options)
  for (const change of CHANGES) await store.write([change])
  while (await store.tend()) continue
  return store
}

const TERMS: Term[] = [
  { field: 'status', values: ['success'] },
  { field: 'status', values: ['running'] },
  { field: 'tag', values: ['prod'] },
  { field: 'tag', values: ['a\nb'] },
  { field: 'model', values: ['gpt-4o'], prefix: true },
  { field: 'kind', values: ['tool'] },
  { field: 'user', values: ['u12'] },
  { field: 'service', values: ['shop'] },
  { field: 'has', values: ['error'] },
  { field: 'metadata', key: 'version', values: ['2.1'] },
  { field: 'text', words: ['marzipan'] },
  { field: 'text', words: ['nougat'] },
  { field: 'text', words: ['carrot'] },
  { field: 'text', words: ['another'] },
  { field: 'cost', is: '>', value: 0 },
  { field: 'tokens', is: '>=', value: 30 },
  { field: 'trace', values: [traceId(4)] },
]

describe('a database of version 1', () => {
  it('shows all that was in it, as if it had been written today', async () => {
    using driver = nodeDriver()
    await makeVersion1(driver)
    const [migrated, written] = [await tended(driver), await fresh()]
    const all = await everything(
      storeOf(() => migrated),
      'a',
    )
    expect(all).toEqual(
      await everything(
        storeOf(() => written),
        'a',
      ),
    )
    expect(all.spans).toHaveLength(CHANGES.length)
    expect(all.spans.some(({ costNano }) => costNano !== null && costNano > 0)).toBe(true)
  })

  it.each(TERMS)('finds the same traces by $field', async (term) => {
    using driver = nodeDriver()
    await makeVersion1(driver)
    const stores = [await tended(driver), await fresh()]
    const [migrated = [], written = []] = await Promise.all(
      stores.map(async (store) => (await store.list({ terms: [term] })).traces),
    )
    expect(migrated).toEqual(written)
    expect(migrated.length).toBeGreaterThan(0)
  })

  it.each(['calls', 'traces'] as const)('adds up the same sums of %s', async (of) => {
    using driver = nodeDriver()
    await makeVersion1(driver)
    const query = { of, fromUs: START_US, toUs: START_US + 1e6, stepUs: 1e6 }
    const [migrated, written] = [await tended(driver), await fresh()]
    const sums = await migrated.sum(query)
    expect(sums).toEqual(await written.sum(query))
    expect(sums.buckets).toHaveLength(1)
  })

  it('can be written to before it is tended', async () => {
    using driver = nodeDriver()
    await makeVersion1(driver)
    const store = sqliteStore(driver, options)
    for (const change of CHANGES.toReversed()) await store.write([change])
    while (await store.tend()) continue
    const written = await fresh()
    expect(
      await everything(
        storeOf(() => store),
        'a',
      ),
    ).toEqual(
      await everything(
        storeOf(() => written),
        'a',
      ),
    )
  })
})

describe('a migration that is interrupted', () => {
  const count = SPAN_MIGRATIONS[1]?.length ?? 0
  const places = Array.from({ length: count }, (_, index) => index + 1)

  it.each(places)(
    'before step %i leaves version 1 whole, and is done the next time',
    async (place) => {
      using folder = temporaryFolder()
      const file = join(folder.path, 'a.sqlite')
      {
        using driver = nodeDriver(file)
        await makeVersion1(driver)
        const cut: Driver = {
          run: (statements) =>
            driver.run(
              statements.length > count
                ? [...statements.slice(0, place), ['SELECT * FROM where_it_broke']]
                : statements,
            ),
        }
        await expect(sqliteStore(cut, options).list({})).rejects.toThrow('where_it_broke')
        expect(await tables(driver)).toEqual(['body', 'label', 'migration', 'span', 'trace'])
      }
      using driver = nodeDriver(file)
      const store = await tended(driver)
      expect((await store.list({})).traces).toHaveLength(7)
      expect(await tables(driver)).toContain('piece')
    },
  )

  it('is done once by two processes that start at the same time', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'a.sqlite')
    using one = nodeDriver(file)
    await makeVersion1(one)
    using other = nodeDriver(file)
    await Promise.all([migrate(one, SPAN_MIGRATIONS), migrate(other, SPAN_MIGRATIONS)])
    const store = await tended(other)
    const written = await fresh()
    expect((await store.list({})).traces).toEqual((await written.list({})).traces)
  })
})

async function tables(driver: FileDriver): Promise<unknown[]> {
  const [rows = []] = await driver.run([
    [`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`],
  ])
  return rows.map(({ name }) => name)
}
