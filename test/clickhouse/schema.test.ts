/** The tables: how they come to be, and what a question reads of them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Connection } from '../../worker/store/clickhouse/client.ts'
import { migrate } from '../../worker/store/clickhouse/migrate.ts'
import { migrations } from '../../worker/store/clickhouse/schema.ts'
import type { TraceQuery } from '../../worker/store/query.ts'
import { change, START_US } from '../store/changes.ts'
import { type Clickhouse, IS_SUPPORTED, PASSWORD, startClickhouse } from '../support/clickhouse.ts'
import { AT_ONCE, newProject, type Sent, sentOf, storeOn } from './store.ts'

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

describe.runIf(IS_SUPPORTED)('migrate', () => {
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

describe.runIf(IS_SUPPORTED)('with a hundred thousand traces', () => {
  const TRACES = 100_000
  const PROJECT = 'plans'
  let server: Clickhouse
  let connection: Connection
  const sent: Sent[] = []

  beforeAll(async () => {
    server = await startClickhouse()
    connection = connect({ url: server.url, password: PASSWORD, settings: AT_ONCE })
    await storeOn(server).write(PROJECT, [change(TRACES + 1)])
    const columns = `'${PROJECT}' AS project, leftPad(hex(number), 32, '0') AS trace_id`
    await connection.run(
      `INSERT INTO span (project, trace_id, id, version, start_us, name, kind, status, model, is_call, facts, input_words)
        SELECT ${columns}, leftPad(toString(number), 36, '0'), 1, ${START_US} + number, 'n', 'task', 'success', 'm', 1, '{}',
          [if(number % 1000 = 0, 'rare', 'common')] FROM numbers(${TRACES})`,
    )
    await connection.run(
      `INSERT INTO trace (project, trace_id, version, spans, start_us, name, kind, status, marks)
        SELECT ${columns}, 1, 1, ${START_US} + number, 'n', 'task', 'success',
          ['status\\nsuccess', concat('tag\\nt', toString(number % 50))] FROM numbers(${TRACES})`,
    )
  })
  afterAll(() => server[Symbol.asyncDispose]())

  /** Which share of a table a statement reads, by its indexes. */
  async function share({ text, fields }: Sent, table: string): Promise<number> {
    const parameters = [...fields].filter(([name]) => name.startsWith('param_'))
    const plan = await connection.ask<{ explain: string }>(
      `EXPLAIN indexes = 1 ${text.replace(/ FORMAT JSONEachRow$/, '')}`,
      Object.fromEntries(parameters.map(([name, value]) => [name.slice('param_'.length), value])),
    )
    const lines = plan.map(({ explain }) => explain)
    const start = lines.findIndex((line) => line.includes(`ReadFromMergeTree (carrot.${table})`))
    const ratios = lines
      .slice(start)
      .flatMap((line) => [...line.matchAll(/Granules: (\d+)\/(\d+)/g)])
      .map(([, read, all]) => Number(read) / Number(all))
    expect(start).toBeGreaterThanOrEqual(0)
    return Math.min(...ratios)
  }

  const ask = async (query: TraceQuery) => {
    sent.length = 0
    const store = storeOn(server, {
      fetch: (url, init) => {
        sent.push(sentOf(url, init))
        return fetch(url, init)
      },
    })
    return store.list(PROJECT, query)
  }

  it('a page looks at its own traces alone for certain', async () => {
    expect((await ask({})).traces).toHaveLength(50)
    const exact = sent.find(({ text }) => text.includes('trace FINAL'))
    if (exact === undefined) throw new Error('it was not asked')
    expect(await share(exact, 'trace')).toBeLessThan(0.05)
  })

  it('a page of a time reads that time alone', async () => {
    const during = { fromUs: START_US + 50_000, toUs: START_US + 51_000 }
    expect((await ask(during)).traces).toHaveLength(50)
    const near = sent.find(({ text }) =>
      text.includes('SELECT trace_id, start_us FROM trace WHERE'),
    )
    if (near === undefined) throw new Error('it was not asked')
    expect(await share(near, 'trace')).toBeLessThan(0.05)
  })

  it('a trace reads its own spans alone', async () => {
    const store = storeOn(server, {
      fetch: (url, init) => {
        sent.push(sentOf(url, init))
        return fetch(url, init)
      },
    })
    sent.length = 0
    expect(await store.trace(PROJECT, 'F'.padStart(32, '0'))).toHaveLength(1)
    const asked = sent.find(({ text }) => text.includes('FROM span FINAL'))
    if (asked === undefined) throw new Error('it was not asked')
    expect(await share(asked, 'span')).toBeLessThan(0.05)
  })
})
