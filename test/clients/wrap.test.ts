import {
  createTracer,
  doctor,
  init,
  memory,
  patchFetch,
  wrap,
  type SpanRecord,
  type Tracer,
} from 'carrot-trace'
import { describe, expect, inject, it } from 'vitest'
import { KINDS, type At } from './wrap/kinds.ts'

const at: At = { api: (name) => `${inject('apis')}/wrap-test/well/${name}` }

function setup(): { tracer: Tracer; records: readonly SpanRecord[] } {
  const exporter = memory()
  const tracer = createTracer({ exporters: [exporter], context: 'off' })
  return { tracer, records: exporter.records }
}

/** All that it has, and all that what it has has. */
function membersOf(client: object): unknown[] {
  const values = Object.entries(client)
  return [...values, ...values.flatMap(([, value]) => Object.entries(Object(value)))]
}

describe.each(KINDS)('wrap, for $name', ({ make }) => {
  it('gives a copy of the same class, with the same members', () => {
    const { tracer } = setup()
    const { client } = make(at)
    const copy = tracer.wrap(client)
    expect(copy).not.toBe(client)
    expect(Object.getPrototypeOf(copy)).toBe(Object.getPrototypeOf(client))
    expect(Object.keys(copy).toSorted()).toEqual(Object.keys(client).toSorted())
  })

  it('leaves the client as it was, and its calls unrecorded', async () => {
    const { tracer, records } = setup()
    const { client, ask } = make(at)
    const before = membersOf(client)
    await ask(tracer.wrap)
    const after = membersOf(client)
    expect(after).toHaveLength(before.length)
    expect(after.flat().every((value, nth) => Object.is(value, before.flat()[nth]))).toBe(true)
    await ask()
    expect(records).toHaveLength(1)
  })

  it('records its calls, with its tags and metadata', async () => {
    const { tracer, records } = setup()
    const defaults = { tags: ['production'], metadata: { team: 'support' } }
    await make(at).ask((client) => tracer.wrap(client, defaults))
    expect(records).toMatchObject([{ ...defaults, status: 'success', call: { ended: 'complete' } }])
  })

  it('gives to the application what the client gives', async () => {
    const { tracer } = setup()
    const { ask } = make(at)
    expect(JSON.stringify(await ask(tracer.wrap))).toEqual(JSON.stringify(await ask()))
  })

  it('binds it to a span', async () => {
    const { tracer, records } = setup()
    const span = tracer.startSpan('parent')
    await make(at).ask(span.wrap)
    const { traceId, spanId: parentSpanId } = span
    expect(records).toMatchObject([{ trace: { traceId, parentSpanId } }])
  })

  it('records a call once, wrapped twice, and under a global that is patched', async () => {
    const { tracer, records } = setup()
    const others = memory()
    init({ exporters: [others], context: 'off' })
    using _patched = patchFetch()
    const span = tracer.startSpan('parent')
    await make(at).ask((client) => span.wrap(tracer.wrap(client)))
    expect(records).toMatchObject([{ trace: { parentSpanId: span.spanId } }])
    expect(others.records).toEqual([])
  })

  it('is a client whose calls doctor knows to be seen', async () => {
    init({ exporters: [memory()], context: 'off' })
    const { client } = make(at)
    const { findings } = await doctor(wrap(client))
    const found = findings.find(({ about }) => about === 'client')
    expect([found?.ok, found?.text]).toEqual([true, expect.stringContaining('are seen.')])
  })

  it('sends with the fetch that the client was given', async () => {
    const { tracer, records } = setup()
    let sent = 0
    const fetch: typeof globalThis.fetch = (...request) => {
      sent += 1
      return globalThis.fetch(...request)
    }
    await make({ ...at, fetch }).ask(tracer.wrap)
    expect({ sent, recorded: records.length }).toEqual({ sent: 1, recorded: 1 })
  })
})
