import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordJson } from '../../worker/api/record-json.ts'
import { readRecord } from '../../worker/api/record.ts'
import { change, id, spanId, spanOf, START_US, traceId } from '../store/changes.ts'
import { everything } from '../store/everything.ts'
import { open, store } from './support/subject.ts'

const AUTHORIZED = { authorization: '' }

async function text(app: Awaited<ReturnType<typeof open>>, path: string) {
  const headers = { ...AUTHORIZED, authorization: `Bearer ${app.key}` }
  const response = await app.app.request(path, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('GET /v1/export.jsonl', () => {
  it('gives another collector all that this one has, ids and all', async () => {
    const from = await open()
    await store.write(from.project, [
      change(1, { name: 'root', input: { q: '<b>' }, tags: ['a'], metadata: { a: 1 } }),
      change(2, {
        parentId: spanId(1),
        traceId: traceId(1),
        model: 'gpt-4',
        provider: 'openai',
        inputTokens: 3,
        outputTokens: 0,
        status: 'error',
        error: { type: '429', message: 'slow down' },
        endUs: START_US + 1234,
        userId: 'u',
        sessionId: 's',
        resource: { sdk: 'x/1', environment: 'prod' },
        environment: 'prod',
        output: 'x'.repeat(100_000),
      }),
      change(3, { parentId: spanId(77), kind: 'tool', input: [] }),
    ])
    const exported = await text(from, '/v1/export.jsonl')
    expect(exported.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')

    const to = await open()
    const traces: unknown[] = exported.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(traces).toHaveLength(3)
    expect(await to.send({ traces })).toMatchObject({ status: 202, body: { errors: [] } })
    const [mine, theirs] = [
      await everything(store, from.project),
      await everything(store, to.project),
    ]
    const counts = { model: 'gpt-4', provider: 'openai', input_tokens: 3, output_tokens: 0 }
    expect(theirs).toEqual({
      ...mine,
      spans: mine.spans.map((span) =>
        span.id === id(2) ? { ...span, metadata: { ...span.metadata, ...counts } } : span,
      ),
    })
  })

  it('has the traces that meet a search, the oldest first', async () => {
    const subject = await open()
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1)
    await store.write(
      subject.project,
      numbers.map((number) => change(number, { tags: [number % 2 === 0 ? 'even' : 'odd'] })),
    )
    const { text: lines } = await text(subject, '/v1/export.jsonl?q=tag:even')
    const found = lines
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line).id)
    expect(found).toEqual(numbers.filter((number) => number % 2 === 0).map(id))
  })

  it('is empty where there is nothing, and 400 where the question is none', async () => {
    const subject = await open()
    expect(await text(subject, '/v1/export.jsonl')).toMatchObject({ status: 200, text: '' })
    expect(await text(subject, '/v1/export.jsonl?q=x:y')).toMatchObject({ status: 400 })
  })
})

describe('recordJson', () => {
  it('is read as the step that it was made of', async () => {
    const { project } = await open()
    let number = 100
    const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 10 })
    const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)))
    const told = fc.record({
      name: word,
      userId: fc.option(word),
      sessionId: fc.option(word),
      tags: fc.array(word, { maxLength: 3 }),
      input: json,
      output: json,
      status: fc.constantFrom('running' as const, 'success' as const, 'error' as const),
      kind: fc.constantFrom('tool' as const, 'agent' as const),
      startUs: fc.integer({ min: START_US, max: START_US + 1e15 }),
      endUs: fc.option(fc.integer({ min: START_US, max: START_US + 1e15 })),
    })
    await fc.assert(
      fc.asyncProperty(told, async (said) => {
        number += 1
        await store.write(project, [change(number, { ...said, traceId: traceId(9) })])
        const span = await spanOf(store, project, id(number))
        if (span === undefined) throw new Error('it was written')
        const record = JSON.parse(JSON.stringify(recordJson(span)))
        expect(readRecord(record, () => 'none')).toMatchObject({
          id: span.id,
          traceId: span.traceId,
          parentId: span.parentId,
          ...said,
        })
      }),
      { numRuns: 50 },
    )
  })
})
