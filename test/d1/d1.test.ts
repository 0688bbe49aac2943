import { describe, expect, it } from 'vitest'
import { d1Store } from '../../worker/store/d1/d1.ts'
import { change, id, spanId, spanOf, START_US, summary } from '../store/changes.ts'
import { storeContract } from '../store/contract.ts'
import { database } from './database.ts'

const store = d1Store(database)
storeContract('D1', () => store, 5)

describe('d1Store', () => {
  const hostile = [
    `o'hara"; DROP TABLE span; --`,
    '',
    'a',
    'A',
    '\ud800',
    '\udfff',
    'x'.repeat(5000),
  ]

  it('keeps projects apart, whatever they are called', async () => {
    const projects = hostile.map((name) => `${crypto.randomUUID()}${name}`)
    for (const [index, project] of projects.entries()) {
      await store.write(project, [change(index + 1, { name: `of ${index}` })])
    }
    const lists = await Promise.all(projects.map((project) => store.list(project, {})))
    expect(lists).toEqual(
      projects.map((_, index) => ({
        traces: [summary(index + 1, { name: `of ${index}` })],
      })),
    )
  })

  it('makes no table that is not of a project', async () => {
    await store.write(`test-${crypto.randomUUID()}`, [change(1, { input: 'x'.repeat(9000) })])
    await store.tend(`test-${crypto.randomUUID()}`)
    const { results } = await database
      .prepare(`SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'`)
      .all<{ name: string }>()
    const others = results.filter(({ name }) => !/^(p_[0-9a-f]{32}_|_cf_)/.test(name))
    expect({ others, isAny: results.length > 0 }).toEqual({ others: [], isAny: true })
  })

  it('takes what many requests write to one project at once', async () => {
    const project = `test-${crypto.randomUUID()}`
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1)
    await Promise.all(
      numbers.map((number) => store.write(project, [change(number, { parentId: spanId(1) })])),
    )
    const rows = await store.list(project, { limit: 200 })
    expect(rows.traces.map(({ spanCount }) => spanCount)).toEqual([40])
  })

  it('gives back a body in many pieces, byte by byte', async () => {
    const project = `test-${crypto.randomUUID()}`
    const input = Array.from({ length: 40_000 }, (_, index) => `${index * 7919} 😀`).join(' ')
    await store.write(project, [change(1, { input })])
    expect((await spanOf(store, project, id(1)))?.input).toBe(input)
  })

  it('makes what it put off in the time of the request that wrote', async () => {
    const project = `test-${crypto.randomUUID()}`
    const kept: Promise<unknown>[] = []
    const tended = d1Store(database, { later: (work) => kept.push(work) })
    await Promise.all([
      tended.write(project, [change(1, { input: 'marzipan' })]),
      tended.write(project, [change(2, { input: 'nougat' })]),
    ])
    expect(kept).toHaveLength(1)
    await Promise.all(kept)
    expect(await tended.tend(project)).toBe(false)
    expect(
      await tended.list(project, { terms: [{ field: 'text', words: ['nougat'] }] }),
    ).toMatchObject({ traces: [{ startUs: START_US + 2 }] })
  })
})
