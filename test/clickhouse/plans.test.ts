/** What a question reads of the tables. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Connection } from '../../worker/store/clickhouse/client.ts'
import type { TraceQuery } from '../../worker/store/query.ts'
import { change, START_US } from '../store/changes.ts'
import { type Clickhouse, PASSWORD, startClickhouse } from '../support/clickhouse.ts'
import { AT_ONCE, describeOnEngine, type Sent, sentOf, storeOn } from './store.ts'

describeOnEngine('with a hundred thousand traces', () => {
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
          ['status\\nsuccess', concat('user\\nu', toString(intDiv(number, 50)))] FROM numbers(${TRACES})`,
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

  it('a page of what few traces have reads where it may be', async () => {
    const few: TraceQuery = { terms: [{ field: 'user', values: ['u7'] }] }
    expect((await ask(few)).traces).toHaveLength(50)
    const near = sent.find(({ text }) =>
      text.includes('SELECT trace_id, start_us FROM trace WHERE'),
    )
    if (near === undefined) throw new Error('it was not asked')
    expect(await share(near, 'trace')).toBeLessThan(0.1)
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
