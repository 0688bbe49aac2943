import { createTracer, memory, type SpanOptions, type TracerOptions } from 'carrot-trace'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'
const TRACEPARENT = `00-${TRACE}-${SPAN}-01`

function recording(options: TracerOptions = {}) {
  const exporter = memory()
  const told: string[] = []
  const wire: { url: string; headers: Record<string, string> }[] = []
  const tracer = createTracer({
    exporters: [exporter],
    onError: ({ code, message }) => told.push(`${code}: ${message}`),
    fetch: async (...sent) => {
      const request = new Request(...sent)
      wire.push({ url: request.url, headers: Object.fromEntries(request.headers) })
      return Response.json({ choices: [] })
    },
    ...options,
  })
  return { tracer, told, wire, records: exporter.records }
}

describe('Span.export', () => {
  it('names the span, and whom the trace is about, as plain data', () => {
    const { tracer } = recording()
    const span = tracer.startSpan('step', { userId: 'u_1042', sessionId: 'a, b;c=é' })
    const carrier = span.export()
    expect(carrier).toEqual({
      traceparent: `00-${span.traceId}-${span.spanId}-01`,
      baggage: 'user.id=u_1042,session.id=a%2C%20b%3Bc%3D%C3%A9',
    })
    expect(structuredClone(carrier)).toEqual(JSON.parse(JSON.stringify(carrier)))
    expect([...new Headers(carrier).keys()]).toEqual(['baggage', 'traceparent'])
  })

  it('hands on what others gave the trace, with our own in place of theirs', () => {
    const { tracer } = recording()
    const parent = {
      traceparent: TRACEPARENT,
      tracestate: 'vendor=1,other=2',
      baggage: 'plan=free;ttl=3, user.id=theirs',
    }
    const outer = tracer.startSpan('outer', { parent, userId: 'ours' })
    const inner = outer.startSpan('inner')
    expect(inner.export()).toEqual({
      traceparent: `00-${TRACE}-${inner.spanId}-01`,
      tracestate: 'vendor=1,other=2',
      baggage: 'user.id=ours,plan=free;ttl=3',
    })
  })

  it('leaves behind what is longer than the specifications want it', () => {
    const { tracer } = recording()
    const tracestate = `vendor=${'x'.repeat(512)}`
    const long = { traceparent: TRACEPARENT, tracestate, baggage: `a=${'x'.repeat(8_192)}` }
    const almost = { traceparent: TRACEPARENT, baggage: `a=${'x'.repeat(8_180)}` }
    const userId = 'u'.repeat(100)
    expect(Object.keys(tracer.startSpan('step', { parent: long }).export())).toEqual([
      'traceparent',
    ])
    expect(tracer.startSpan('step', { parent: almost, userId }).export()).toMatchObject({
      baggage: `user.id=${userId}`,
    })
  })

  it('gives the user and the session to the spans of another program, whatever they are called', () => {
    const sending = recording().tracer
    const { tracer, records } = recording()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (userId) => {
        const parent = sending.startSpan('there', { userId, sessionId: 's' }).export()
        tracer.startSpan('here', { parent }).end()
        expect(records.at(-1)).toMatchObject({
          userId: Buffer.from(userId).toString(), // half a surrogate pair becomes U+FFFD
          sessionId: 's',
          trace: { traceId: parent.traceparent.slice(3, 35) },
        })
      }),
    )
  })
})

const carrier = { traceparent: TRACEPARENT, baggage: 'user.id=u' }
const NAMED: [what: string, parent: SpanOptions['parent'], userId?: string][] = [
  ['a traceparent', TRACEPARENT],
  ['a traceparent of a later version', `01-${TRACE}-${SPAN}-01-more`],
  ['what export() gave', carrier, 'u'],
  ['headers', new Headers(carrier), 'u'],
  ['a request', new Request('https://example.com', { headers: carrier }), 'u'],
  ["a request of Node's own kind", { url: '/', headers: { ...carrier, accept: '*/*' } }, 'u'],
]

const UNNAMED: [what: string, parent: SpanOptions['parent']][] = [
  ['headers without one', new Headers()],
  ['headers with a broken one', new Headers({ traceparent: '00-0-0-00' })],
  ['an object that is none of these', { traceparent: 7 }],
  ['a request without headers', { headers: null }],
]

describe('the option parent', () => {
  it.each(NAMED)('takes %s', (_what, parent, userId) => {
    const { tracer, records, told } = recording()
    tracer.span('ambient', () => tracer.span('step', { parent }, () => {}))
    const step = records.find(({ name }) => name === 'step')
    expect(step?.trace).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, sampled: true })
    expect(step?.userId).toBe(userId)
    expect(told).toEqual([])
  })

  it.each(UNNAMED)('leaves the ambient parent where it is %s', (_what, parent) => {
    const { tracer, records, told } = recording()
    tracer.span('ambient', () => tracer.span('step', { parent }, () => {}))
    const [step, ambient] = records
    expect(step?.trace.parentSpanId).toBe(ambient?.trace.spanId)
    expect(told).toEqual([])
  })

  it('says what is wrong with a text that is no traceparent, and does without', () => {
    const { tracer, records, told } = recording()
    expect(tracer.span('step', { parent: 'sk-secret' }, () => 42)).toBe(42)
    expect(records.map(({ name, trace }) => [name, trace.parentSpanId])).toEqual([
      ['step', undefined],
    ])
    expect(told).toEqual([
      'invalid_option: The option "parent" is no traceparent (00-<32 hex digits>-<16 hex digits>-<2 hex digits>): the span has the parent it would have without.',
    ])
  })

  it('believes what is known here of the user before what is told', () => {
    const { tracer, records } = recording()
    tracer.withAttributes({ userId: 'verified', tags: ['chat'] }, (scope) =>
      scope.span('step', { parent: carrier }, () => {}),
    )
    expect(records[0]).toMatchObject({ userId: 'verified', tags: ['chat'] })
  })
})

const HOSTS: [host: string, url: string, named: boolean][] = [
  ['api.example.com', 'https://api.example.com/search', true],
  ['API.example.com', 'https://api.EXAMPLE.com/search', true],
  ['api.example.com', 'https://api.example.com:8443/search', true],
  ['localhost:8788', 'http://localhost:8788/', true],
  ['localhost:8788', 'http://localhost:8789/', false],
  ['*.example.com', 'https://a.b.example.com/', true],
  ['*.example.com', 'https://example.com/', false],
  ['example.com', 'https://notexample.com/', false],
  ['example.com', 'https://example.com.evil.test/', false],
  ['example.com', 'https://evil.test/?example.com', false],
]

describe('the option propagateTo', () => {
  it.each(HOSTS)('with %s, names the span to %s: %s', async (host, url, named) => {
    const { tracer, wire } = recording({ propagateTo: [host] })
    const span = tracer.startSpan('step', { sessionId: 's' })
    await span.fetch(url)
    const own = { traceparent: `00-${span.traceId}-${span.spanId}-01`, baggage: 'session.id=s' }
    expect(wire.map(({ headers }) => headers)).toEqual([named ? own : {}])
  })

  const url = 'https://api.example.com/search'
  const INPUTS: [what: string, sent: Parameters<typeof fetch>][] = [
    ['an address', [url]],
    ['an address and an init', [new URL(url), { method: 'POST', headers: { 'x-own': '1' } }]],
    ['pairs of headers', [url, { method: 'POST', headers: [['x-own', '1']] }]],
    ['a request', [new Request(url, { method: 'POST', headers: { 'x-own': '1' } })]],
    ['a request and an init', [new Request(url), { method: 'POST', headers: { 'x-own': '1' } }]],
  ]
  it.each(INPUTS)('adds to %s, and changes nothing else of it', async (_what, sent) => {
    const { tracer, wire } = recording({ propagateTo: ['api.example.com'] })
    const [input, init] = sent
    const before = init && { ...init }
    const span = tracer.startSpan('step')
    await span.fetch(...sent)
    const request = new Request(...sent)
    expect(wire).toEqual([
      {
        url,
        headers: {
          ...Object.fromEntries(request.headers),
          traceparent: span.export().traceparent,
        },
      },
    ])
    expect(init).toEqual(before)
    expect(input instanceof Request && input.headers.has('traceparent')).toBe(false)
  })

  it('leaves alone a request that names a trace itself', async () => {
    const { tracer, wire } = recording({ propagateTo: ['api.example.com'] })
    const headers = { traceparent: TRACEPARENT }
    await tracer.startSpan('step', { userId: 'u' }).fetch(url, { headers })
    expect(wire.map((each) => each.headers)).toEqual([headers])
  })

  it('names nothing outside of any span', async () => {
    const { tracer, wire } = recording({ propagateTo: ['api.example.com'] })
    await tracer.fetch(url)
    expect(wire.map(({ headers }) => headers)).toEqual([{}])
  })

  it('takes the parent that the request carries, and the carrier off', async () => {
    const { tracer, wire } = recording({ propagateTo: ['api.example.com'] })
    const span = tracer.startSpan('step')
    await tracer.fetch(url, { headers: span.headers() })
    expect(wire.map(({ headers }) => headers)).toEqual([{ traceparent: span.export().traceparent }])
  })

  it('names the call itself to a model API that is listed, and nothing to one that is not', async () => {
    const { tracer, wire, records } = recording({ propagateTo: ['gateway.example.com'] })
    const init = { method: 'POST', body: JSON.stringify({ model: 'gpt-4o', messages: [] }) }
    await tracer.span('step', async () => {
      await (await tracer.fetch('https://gateway.example.com/v1/chat/completions', init)).text()
      await (await tracer.fetch('https://api.openai.com/v1/chat/completions', init)).text()
    })
    const [call] = records
    expect(wire.map(({ headers }) => headers.traceparent)).toEqual([
      `00-${call?.trace.traceId}-${call?.trace.spanId}-01`,
      undefined,
    ])
  })

  it('gives back the very response', async () => {
    const native = new Response('hits')
    const { tracer } = recording({ propagateTo: ['api.example.com'], fetch: async () => native })
    expect(await tracer.startSpan('step').fetch(url)).toBe(native)
  })

  it('has to be a list of host names', () => {
    const propagateTo = 'api.example.com' as unknown as string[]
    expect(() => recording({ propagateTo })).toThrow(
      'The option "propagateTo" has to be an array of host names; found string.',
    )
  })
})
