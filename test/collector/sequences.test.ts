import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { change, id, spanId, traceId } from '../store/changes.ts'
import { everything, next, shuffled } from '../store/everything.ts'
import { open, store } from './support/subject.ts'

const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 })
const json = fc
  .jsonValue({ maxDepth: 2 })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))

/** A whole trace as the documented API knows it, without its id. */
const whole = fc.record({
  name: word,
  input: json,
  output: json,
  tags: fc.array(word, { maxLength: 3 }),
  status: fc.constantFrom('running', 'success', 'error'),
  ended_at: fc.constantFrom('2026-01-01T00:00:01Z', '2026-01-01T00:00:02.5Z'),
  metadata: fc.dictionary(word, json, { maxKeys: 4, noNullPrototype: true }),
  parent: fc.nat(4),
})

type Whole = ReturnType<typeof whole.generate> extends { value: infer Value } ? Value : never

/** The record in parts, each with some of its fields and some keys of its metadata; all of it in all. */
function parts(index: number, record: Whole, chance: Iterator<number>): object[] {
  const { metadata, parent, ...fields } = record
  const said: Record<string, unknown> = {
    ...fields,
    ...(parent > 0 && parent - 1 !== index && { parent_id: id(parent) }),
  }
  const all = [
    ...Object.entries(said).map(([name, value]) => ({ [name]: value })),
    ...Object.entries(metadata).map(([key, value]) => ({
      metadata: JSON.parse(JSON.stringify(Object.fromEntries([[key, value]]))),
    })),
  ]
  const base = { id: id(index + 1), started_at: `2026-01-01T00:00:00.00000${index}Z` }
  const told: { [name: string]: unknown; metadata?: object }[] = [{}, {}, {}]
  for (const part of all) {
    const into = told[next(chance) % told.length] ?? {}
    const metadata = 'metadata' in part ? { ...into.metadata, ...part.metadata } : into.metadata
    Object.assign(into, part, metadata && { metadata })
  }
  return told.map((part) => ({ ...base, ...part }))
}

describe('any sequence of ingest calls', () => {
  it('gives the same as one that says it all: in any order, with repeats, in any batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(whole, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (records, chance) => {
          const once = await open()
          const traces = records.map(({ parent, ...fields }, index) => ({
            ...fields,
            ...(parent > 0 && parent - 1 !== index && { parent_id: id(parent) }),
            id: id(index + 1),
            started_at: `2026-01-01T00:00:00.00000${index}Z`,
          }))
          expect(await once.send({ traces })).toMatchObject({ status: 202, body: { errors: [] } })

          const often = await open()
          const calls = records.flatMap((record, index) => parts(index, record, chance))
          const repeated = shuffled(
            [...calls, ...calls.filter(() => next(chance) % 3 === 0)],
            chance,
          )
          while (repeated.length > 0) {
            const some = repeated.splice(0, 1 + (next(chance) % 4))
            expect(await often.send({ traces: some })).toMatchObject({ status: 202 })
          }
          expect(await everything(store, often.project)).toEqual(
            await everything(store, once.project),
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('many at once', () => {
  it('500 senders are all heard, each once', async () => {
    const { send, project } = await open()
    const numbers = Array.from({ length: 500 }, (_, index) => index + 1)
    const replies = await Promise.all(
      numbers.map((number) => send({ traces: [{ id: id(number), name: `of ${number}` }] })),
    )
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]))
    const names = new Set<string>()
    let before: string | undefined
    do {
      const page = await store.list(project, {
        limit: 200,
        ...(before !== undefined && { before }),
      })
      for (const { name } of page.traces) names.add(name)
      before = page.next
    } while (before !== undefined)
    expect(names).toEqual(new Set(numbers.map((number) => `of ${number}`)))
  })

  it('a batch sent ten times at once is there once', async () => {
    const { send, project } = await open()
    const traces = Array.from({ length: 50 }, (_, index) => ({ id: id(index + 1), name: 'same' }))
    const replies = await Promise.all(Array.from({ length: 10 }, () => send({ traces })))
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202))
    expect((await store.list(project, { limit: 200 })).traces).toHaveLength(50)
  })

  it('writers of one span at once all count', async () => {
    const { send, project } = await open()
    const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`)
    await Promise.all(
      keys.map((key) => send({ traces: [{ id: id(1), metadata: { [key]: key } }] })),
    )
    const [span] = await store.spans(project, [id(1)])
    expect(span?.metadata).toEqual(Object.fromEntries(keys.map((key) => [key, key])))
  })

  it('clocks that are a day apart make a trace that can be read', async () => {
    const { project, get } = await open()
    const day = 86_400_000_000
    const now = Date.UTC(2026, 0) * 1000
    await store.write(project, [
      change(1, { startUs: now, endUs: now + 5, status: 'success' }),
      change(2, { traceId: traceId(1), parentId: spanId(1), startUs: now - day, endUs: now - day }),
      change(3, { traceId: traceId(1), parentId: spanId(1), startUs: now + day, endUs: now }),
    ])
    expect(await get(`/v1/traces/${traceId(1)}`)).toMatchObject({
      status: 200,
      body: { spans: [{ id: id(2) }, { id: id(1) }, { id: id(3) }] },
    })
    expect((await store.list(project, {})).traces).toMatchObject([
      { startUs: now - day, durationUs: day + 5, spanCount: 3 },
    ])
  })
})
