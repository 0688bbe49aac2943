import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../../worker/store/store.ts'
import { storeContract } from '../store/contract.ts'
import { type Clickhouse, startClickhouse } from '../support/clickhouse.ts'
import { describeOnEngine, type Sent, sentOf, storeOn } from './store.ts'

const sent: Sent[] = []
let server: Clickhouse
let store: Store

describeOnEngine('with a real engine', () => {
  beforeAll(async () => {
    server = await startClickhouse()
    store = storeOn(server, {
      fetch: (url, init) => {
        sent.push(sentOf(url, init))
        return fetch(url, init)
      },
    })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  storeContract('ClickHouse', () => store, 5)

  /** The tables of projects, as often as a statement reads or changes them. */
  const TABLES = /\b(?:FROM|JOIN|UPDATE) (?:change|waiting|span|trace|removed|setting)\b/g

  it('was asked for one project at a time, by a parameter', () => {
    const asked = sent.filter(({ text }) => text.match(TABLES))
    expect(asked.length).toBeGreaterThan(1000)
    for (const { text, fields } of asked) {
      const times = text.match(/project = \{project:String\}/g)?.length
      expect({ text, times }).toEqual({ text, times: text.match(TABLES)?.length })
      expect(fields.get('param_project')).toMatch(/^test-/)
    }
  })

  it('was given rows of one project at a time', () => {
    const given = sent.filter(({ text, data }) => data !== '' && !text.includes('migration'))
    expect(given.length).toBeGreaterThan(500)
    for (const { data } of given) {
      const projects = new Set(data.split('\n').map((row) => JSON.parse(row).project))
      expect([...projects]).toEqual([expect.stringMatching(/^test-/)])
    }
  })

  it('never saw a value in the text of a statement', () => {
    const texts = new Set(sent.map(({ text }) => text))
    // As many as there are questions, whatever was asked in them.
    expect(texts.size).toBeLessThan(250)
    for (const text of texts) expect(text).not.toMatch(/test-|7000-8000|needle|DROP/)
  })
})
