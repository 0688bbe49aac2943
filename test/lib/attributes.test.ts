import { createTracer, memory, type Scope, type SpanRecord } from 'carrot-trace'
import { describe, expect, it } from 'vitest'

const attributes = { userId: 'u', sessionId: 's', tags: ['chat'], metadata: { plan: 'free' } }

function recording(context: 'auto' | 'off' = 'auto') {
  const exporter = memory()
  const told: string[] = []
  const tracer = createTracer({
    exporters: [exporter],
    context,
    tags: ['app'],
    onError: ({ message }) => told.push(message),
    fetch: async () => Response.json({ choices: [] }),
  })
  return { tracer, told, records: exporter.records }
}

async function call(scope: Scope, headers: Record<string, string> = {}): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
  const url = 'https://api.openai.com/v1/chat/completions'
  await (await scope.fetch(url, { method: 'POST', body, headers })).text()
}

function seen({ name, userId, sessionId, tags, metadata }: SpanRecord) {
  return { name, userId, sessionId, tags, metadata }
}

const given = { userId: 'u', sessionId: 's', tags: ['app', 'chat'], metadata: { plan: 'free' } }

describe('withAttributes', () => {
  it('gives them to every span and call inside, by the ambient context', async () => {
    const { tracer, records } = recording()
    const result = await tracer.withAttributes(attributes, async () => {
      await Promise.resolve()
      await tracer.span('outer', () => tracer.span('inner', () => call(tracer)))
      return 'result'
    })
    expect(result).toBe('result')
    expect(records.map(seen)).toEqual([
      { name: 'chat gpt-4o', ...given },
      { name: 'inner', ...given },
      { name: 'outer', ...given },
    ])
  })

  it('gives them by its own scope where there is no ambient context', async () => {
    const { tracer, records, told } = recording('off')
    await tracer.withAttributes(attributes, async (scope) => {
      await scope.span('outer', (s) => call(s))
      await call(scope)
    })
    expect(records.map(seen)).toEqual([
      { name: 'chat gpt-4o', ...given },
      { name: 'outer', ...given },
      { name: 'chat gpt-4o', ...given },
    ])
    expect(told).toEqual([])
  })

  it('gives them to a call that is told its parent by headers', async () => {
    const { tracer, records } = recording('off')
    await tracer.withAttributes(attributes, (scope) =>
      scope.span('outer', (s) => call(tracer, s.headers())),
    )
    expect(records.map(seen)).toEqual([
      { name: 'chat gpt-4o', ...given },
      { name: 'outer', ...given },
    ])
    expect(records[0]?.trace.parentSpanId).toBe(records[1]?.trace.spanId)
  })

  it('adds to those around it, and to those of a span', () => {
    const { tracer, records } = recording()
    tracer.withAttributes(attributes, () =>
      tracer.withAttributes({ userId: 'v', tags: ['deep'], metadata: { step: 2 } }, () =>
        tracer.span('a', { tags: ['own'], metadata: { plan: 'paid' } }, () => {}),
      ),
    )
    expect(records.map(seen)).toEqual([
      {
        name: 'a',
        userId: 'v',
        sessionId: 's',
        tags: ['app', 'chat', 'deep', 'own'],
        metadata: { plan: 'paid', step: 2 },
      },
    ])
  })

  it('makes no span and keeps the one that it is in', () => {
    const { tracer, records } = recording()
    tracer.span('outer', (outer) =>
      tracer.withAttributes(attributes, () => {
        expect(tracer.currentSpan()).toBe(outer)
        tracer.span('inner', () => {})
      }),
    )
    const [inner, outer] = records
    expect(inner?.trace.parentSpanId).toBe(outer?.trace.spanId)
    expect([outer?.userId, inner?.userId]).toEqual([undefined, 'u'])
    tracer.withAttributes(attributes, () => expect(tracer.currentSpan()).toBeUndefined())
  })

  it('makes a span of a trace that began elsewhere whose it is here', () => {
    const { tracer, records } = recording()
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    tracer.withAttributes(attributes, () => tracer.span('a', { parent }, () => {}))
    expect(records[0]).toMatchObject({ userId: 'u', trace: { parentSpanId: 'b7ad6b7169203331' } })
  })

  it('ends with its block', () => {
    const { tracer, records } = recording()
    tracer.withAttributes(attributes, () => {})
    tracer.span('after', () => {})
    expect(records.map(seen)).toEqual([
      { name: 'after', userId: undefined, sessionId: undefined, tags: ['app'], metadata: {} },
    ])
  })

  it('tells of a wrong one and goes on without it', () => {
    const { tracer, records, told } = recording()
    const wrong: object = { userID: 'u', tags: ['t'] }
    expect(tracer.withAttributes(wrong, () => tracer.span('a', () => 1))).toBe(1)
    expect(told).toEqual(['There is no option "userID". Write "userId".'])
    expect(records[0]?.tags).toEqual(['app', 't'])
  })
})
