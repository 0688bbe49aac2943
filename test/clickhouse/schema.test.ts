/** The tables: how they come to be, and how what is in them is made again. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Connection } from '../../worker/store/clickhouse/client.ts'
import { migrate } from '../../worker/store/clickhouse/migrate.ts'
import { migrations } from '../../worker/store/clickhouse/schema.ts'
import { change } from '../store/changes.ts'
import { type Clickhouse, PASSWORD, startClickhouse } from '../support/clickhouse.ts'
import { AT_ONCE, describeOnEngine, newProject, storeOn } from './store.ts'

describe('migrations', () => {
  it('make replicated tables on a cluster', () => {
    const statements = migrations({ cluster: 'main' }).flat()
    for (const statement of statements) {
      expect(statement).toContain(`ON CLUSTER 'main'`)
      expect(statement).toMatch(/ENGINE = Replicated(Aggregating|Replacing)MergeTree/)
    }
    expect(() => migrations({ cluster: `x' --` })).toThrow('the name of the cluster')
  })
})

describeOnEngine('migrate', () => {
  let server: Clickhouse
  beforeAll(async () => {
    server = await startClickhouse()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const on = (database: string) =>
    connect({ url: server.url, password: PASSWORD, database, settings: AT_ONCE })
  const versions = (connection: Connection) =>
    connection.ask(`SELECT version FROM migration FINAL ORDER BY version`)

  const FIRST = ['CREATE TABLE IF NOT EXISTS note (text String) ENGINE = MergeTree ORDER BY text']
  const SECOND = [`ALTER TABLE note ADD COLUMN IF NOT EXISTS author String DEFAULT 'unknown'`]

  it('brings an older database forward and keeps its data', async () => {
    const connection = on('forward')
    await migrate(connection, {}, [FIRST])
    await connection.insert('note', [{ text: 'kept' }])
    await migrate(connection, {}, [FIRST, SECOND])
    await migrate(connection, {}, [FIRST, SECOND])
    expect(await connection.ask('SELECT text, author FROM note')).toEqual([
      { text: 'kept', author: 'unknown' },
    ])
    expect(await versions(connection)).toEqual([{ version: 1 }, { version: 2 }])
  })

  it('refuses a database of a newer program and leaves it alone', async () => {
    const connection = on('newer')
    await migrate(connection, {}, [FIRST, SECOND])
    await expect(migrate(connection, {}, [FIRST])).rejects.toMatchObject({
      name: 'StoreError',
      code: 'newer_schema',
    })
    expect(await versions(connection)).toHaveLength(2)
  })

  it('goes on where it was interrupted', async () => {
    const connection = on('interrupted')
    const broken = [...SECOND, 'SELECT nothing FROM nowhere']
    await expect(migrate(connection, {}, [FIRST, broken])).rejects.toThrow('UNKNOWN_TABLE')
    expect(await versions(connection)).toEqual([{ version: 1 }])
    await migrate(connection, {}, [FIRST, SECOND])
    expect(await versions(connection)).toEqual([{ version: 1 }, { version: 2 }])
  })

  it('is done by two that start at the same time', async () => {
    const stores = [storeOn(server, { database: 'twice' }), storeOn(server, { database: 'twice' })]
    await Promise.all(stores.map((store) => store.list('p', {})))
    expect(await versions(on('twice'))).toEqual([{ version: 1 }])
  })

  it('computes costs again by other prices, and by those of a project', async () => {
    const project = newProject()
    const asking = async (prices: string, cost: number) => {
      const store = storeOn(server, {
        database: 'costs',
        prices,
        price: (rules) => () => rules[0]?.input ?? cost,
      })
      await store.write(project, [])
      while (await store.tend(project));
      return store
    }
    const first = await asking('first', 5)
    await first.write(project, [change(1, { model: 'm' })])
    const costOf = async () => (await first.list(project, {})).traces.map((one) => one.costNano)
    expect(await costOf()).toEqual([5])
    const second = await asking('second', 7)
    expect(await costOf()).toEqual([7])
    await second.configure(project, { priceRules: [{ model: 'm', input: 9, output: 0 }] })
    while (await second.tend(project));
    expect(await costOf()).toEqual([9])
  })
})
