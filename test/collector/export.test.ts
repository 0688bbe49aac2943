import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCall } from '../../worker/api/call.ts'
import { recordJson } from '../../worker/api/record-json.ts'
import { readRecord } from '../../worker/api/record.ts'
import { spanRecord } from '../../worker/export/span-record.ts'
import type { SpanChange } from '../../worker/store/store.ts'
import { assistantMessage } from '../../src/lib/formats/message.ts'
import type { Json } from '../../src/lib/json.ts'
import type { Choice, Part } from '../../src/lib/message.ts'
import { change, id, row, spanId, spanOf, START_US, traceId } from '../store/changes.ts'
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

const CALL: Partial<SpanChange> = {
  kind: 'generation',
  status: 'success',
  endUs: START_US + 5_000_000,
  model: 'gpt-4o',
  provider: 'openai',
  inputTokens: 12,
  outputTokens: 3,
  call: readCall({
    operation: 'chat',
    provider: 'openai',
    format: 'openai.chat',
    server: { address: 'api.openai.com' },
    http: { method: 'POST', url: 'https://api.openai.com/v1/chat/completions', status: 200 },
    request: { model: 'gpt-4o', params: { temperature: 0.5 } },
    response: { model: 'gpt-4o', choices: [{ index: 0, finishReason: 'tool_call' }] },
    usage: { source: 'provider', final: true, input: 12, output: 3 },
    ended: 'complete',
  }),
  input: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Will it rain?' }] },
  output: {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'c1', type: 'function', function: { name: 'forecast', arguments: '{"day":"Friday"}' } },
    ],
  },
}

async function openWithCall() {
  const subject = await open()
  await store.write(subject.project, [
    change(1, { name: 'answer', status: 'success', endUs: START_US + 6_000_000, input: 'rain?' }),
    change(2, { ...CALL, parentId: spanId(1), traceId: traceId(1), name: 'chat gpt-4o' }),
    change(3, { ...CALL, parentId: spanId(1), traceId: traceId(1), status: 'error' }),
    change(4, { parentId: spanId(1), traceId: traceId(1), name: 'running' }),
  ])
  return subject
}

describe('GET /v1/export.jsonl in another format', () => {
  it('gives calls as examples for training, and says of the others why they are none', async () => {
    const subject = await openWithCall()
    const { text: examples, headers } = await text(subject, '/v1/export.jsonl?format=chat')
    expect(headers.get('content-disposition')).toContain('examples.jsonl')
    expect(JSON.parse(examples)).toEqual({
      messages: [{ role: 'user', content: 'Will it rain?' }, CALL.output],
    })
    const { text: skipped } = await text(subject, '/v1/export.jsonl?format=skipped')
    expect(JSON.parse(skipped)).toEqual({
      id: id(3),
      trace_id: traceId(1),
      reason: 'it ended as error',
    })
  })

  it('gives spans that a collector of OpenTelemetry takes, ours as well', async () => {
    const subject = await openWithCall()
    const { text: lines } = await text(subject, '/v1/export.jsonl?format=otlp')
    const to = await open()
    for (const line of lines.trimEnd().split('\n')) {
      expect(await to.ask('POST', '/v1/traces', line)).toMatchObject({ status: 200, body: {} })
    }
    const steps = await store.trace(to.project, traceId(1))
    const [root, call, failed] = steps
    expect(steps).toHaveLength(3)
    expect(root).toMatchObject({ name: 'answer', spanId: spanId(1), startUs: START_US + 1 })
    expect(call).toMatchObject({
      parentId: spanId(1),
      model: 'gpt-4o',
      provider: 'openai',
      inputTokens: 12,
      outputTokens: 3,
    })
    expect(failed).toMatchObject({ status: 'error' })
    const [detail] = await store.spans(to.project, [call?.id ?? ''])
    expect(JSON.stringify(detail?.output)).toContain('forecast')
    expect(JSON.stringify(detail?.input)).toContain('Will it rain?')
  })

  it('400: a format that is none', async () => {
    const subject = await open()
    expect(await text(subject, '/v1/export.jsonl?format=xml')).toMatchObject({
      status: 400,
      text: expect.stringContaining('`format` must be one of records, chat, skipped, otlp'),
    })
  })
})

describe('spanRecord', () => {
  it('has the messages that the output was made of', () => {
    const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 })
    const part: fc.Arbitrary<Part> = fc.oneof(
      fc.record({
        type: fc.constantFrom('text' as const, 'reasoning' as const, 'refusal' as const),
        content: word,
      }),
      fc.record({
        type: fc.constant('tool_call' as const),
        id: fc.option(word),
        name: word,
        arguments: fc.jsonValue({ maxDepth: 1 }).map(plain),
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 3 }), (answers) => {
        const choices = answers.map((parts, index): Choice => ({
          index,
          finishReason: 'stop',
          message: { role: 'assistant', parts },
        }))
        const output = plain(assistantMessage(choices) ?? null)
        const call = readCall({ response: { choices: answers.map((_, index) => ({ index })) } })
        const record = spanRecord({ ...row(1, { call }), input: null, output })
        const found = assistantMessage(record.call?.response.choices ?? [])
        expect(plain(found ?? null)).toEqual(output)
      }),
    )
  })
})

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value))

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
