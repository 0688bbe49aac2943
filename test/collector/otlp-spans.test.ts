import { describe, expect, it } from 'vitest'
import { recordId } from '../../worker/otlp/ids.ts'
import { SPANS } from './otlp-span-cases.ts'
import {
  PARENT,
  receiver,
  request,
  span,
  SPAN,
  START_NS,
  toAttributes,
  TRACE,
} from './support/otlp.ts'

describe.each(SPANS)('a span of %s', (_, cases) => {
  it.each(cases)('$name', async ({ span: sketch, kept }) => {
    const collector = await receiver()
    const { status, body } = await collector.post(request(span(sketch)))
    expect({ status, body }).toEqual({ status: 200, body: {} })
    const [detail, ...others] = await collector.kept()
    expect(others).toEqual([])
    expect(detail).toMatchObject({ traceId: TRACE, spanId: SPAN, ...kept })
    if ('metadata' in kept) expect(detail?.metadata).toEqual(kept.metadata)
    if ('input' in kept) expect(detail?.input).toEqual(kept.input)
    if ('output' in kept) expect(detail?.output).toEqual(kept.output)
  })
})

describe('a resource', () => {
  it('says who sends, and all that nobody knows stays with the span', async () => {
    const { post, kept } = await receiver()
    const attributes = toAttributes({
      'service.name': 'shop',
      'service.version': '1.2.3',
      'deployment.environment': 'production',
      'telemetry.sdk.name': 'opentelemetry',
      'host.name': 'h1',
    })
    await post({
      resourceSpans: [
        {
          resource: { attributes },
          scopeSpans: [{ scope: { name: 'lib', version: '2' }, spans: [span()] }],
        },
      ],
    })
    expect(await kept()).toMatchObject([
      {
        environment: 'production',
        resource: { service: 'shop', environment: 'production', release: '1.2.3', sdk: 'lib/2' },
        metadata: { otel: { resource: { 'host.name': 'h1' } } },
      },
    ])
  })
})

describe('a number', () => {
  it.each([
    [
      'exact, beyond what a number holds',
      { intValue: '9223372036854775807' },
      '9223372036854775807',
    ],
    ['NaN', { doubleValue: 'NaN' }, 'NaN'],
    ['bytes', { bytesValue: 'AAEC' }, 'AAEC'],
  ])('%s', async (_, value, kept) => {
    const collector = await receiver()
    await collector.post(request({ ...span(), attributes: [{ key: 'a', value }] }))
    expect(await collector.kept()).toMatchObject([{ metadata: { a: kept } }])
  })
})

describe('a span that comes again', () => {
  const first = request(span({ attributes: { a: 1 } }))

  it('is kept once, however often and at once it is sent', async () => {
    const { post, kept } = await receiver()
    await post(first)
    const before = await kept()
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(first)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(await kept()).toEqual(before)
  })

  const open = request(span({ name: 'open', endTimeUnixNano: '0', attributes: { a: 1, b: 1 } }))
  const whole = request(span({ name: 'whole', attributes: { a: 2 } }))
  const later = String(START_NS + 2_000_000_000n)
  const longer = request(span({ name: 'longer', endTimeUnixNano: later, attributes: { a: 3 } }))
  it.each([
    ['in order', [open, whole, longer]],
    ['backwards', [longer, whole, open]],
    ['the oldest last', [whole, longer, open]],
    ['with a repeat', [longer, open, whole, longer, open]],
  ])('is as its last writing has it: %s', async (_, requests) => {
    const { post, kept } = await receiver()
    for (const each of requests) expect((await post(each)).status).toBe(200)
    expect(await kept()).toMatchObject([
      {
        name: 'longer',
        status: 'success',
        endUs: Number(BigInt(later) / 1000n),
        metadata: { a: 3, b: 1 },
      },
    ])
  })
})

describe('recordId', () => {
  it('is the trace id of a root of ours, and ends with the span id of any span', () => {
    expect(recordId('01890a5dac96774bbcceb302099a8057', 'bcceb302099a8057')).toBe(
      '01890a5d-ac96-774b-bcce-b302099a8057',
    )
    expect(recordId(TRACE, PARENT).replaceAll('-', '').slice(-16)).toBe(PARENT)
  })

  it('keeps apart traces whose ids look alike, as those of tests and of 64 bits do', () => {
    const traces = [
      ...'123456789abcdef'.split('').map((digit) => digit.repeat(32)),
      ...Array.from({ length: 100 }, (_, index) => (index + 1).toString(16).padStart(32, '0')),
      ...Array.from({ length: 100 }, (_, index) =>
        (index + 1).toString(16).padStart(16, '0').padEnd(32, '1'),
      ),
    ]
    expect(new Set(traces.map((trace) => recordId(trace, SPAN))).size).toBe(new Set(traces).size)
  })
})
