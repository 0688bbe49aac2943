import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/lib/json.ts'
import { CONVENTIONS } from '../../worker/otlp/conventions.ts'
import { ATTEMPTED, CALL } from '../../worker/otlp/names.ts'
import { encode } from './support/encode.ts'
import { receiver, request, span } from './support/otlp.ts'
import { SPANS } from './otlp-span-cases.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const PROTOBUF = { 'content-type': 'application/x-protobuf' }
const PERMANENT = [200, 400, 413, 415]

/** Every name that means something, those of conventions and of the cases included. */
const NAMES = [
  ...new Set([
    ...CONVENTIONS.flatMap(({ names }) => Object.entries(names).flat()),
    ...[...CALL, ...ATTEMPTED].map(({ name }) => name),
    ...SPANS.flatMap(([, cases]) =>
      cases.flatMap(({ span }) => Object.keys(span.attributes ?? {})),
    ),
    '__proto__',
    'constructor',
    'carrot.id',
    'carrot.metadata.__proto__',
    'llm.input_messages.__proto__.message.constructor',
    'llm.input_messages.0.message.tool_calls',
  ]),
]
const EVENTS = [
  'exception',
  'carrot.attempt',
  'gen_ai.choice',
  'gen_ai.user.message',
  'gen_ai.content.prompt',
]

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    'chat',
    'LLM',
    'generation',
    'ai.toolCall',
    '[{"role":7,"parts":[null,7,{}]}]',
    '{"role":[]}',
  ),
)
const value: fc.Arbitrary<object> = fc.letrec<{ value: object; text: object }>((tie) => ({
  text: fc.record({ stringValue: text }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('text'),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({
      kvlistValue: fc.record({
        values: fc.array(
          fc.record({
            key: fc.constantFrom('role', 'parts', 'type', '__proto__', ''),
            value: tie('value'),
          }),
          {
            maxLength: 3,
          },
        ),
      }),
    }),
  ),
})).value
const attributes = fc.array(fc.record({ key: fc.constantFrom(...NAMES), value }), { maxLength: 12 })
const spans = fc.array(
  fc.record({
    spanId: fc.oneof(
      fc.constantFrom('x', ''),
      fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(hex),
    ),
    name: text,
    status: fc.record({ code: fc.nat(3), message: text }),
    attributes,
    events: fc.array(fc.record({ name: fc.constantFrom(...EVENTS), attributes }), { maxLength: 3 }),
    startTimeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
    endTimeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  }),
  { minLength: 1, maxLength: 5 },
)

function hex(number: bigint): string {
  return number.toString(16).padStart(16, '0')
}

/** Any JSON in the place of any part of a request. */
function mangled(body: Json, place: number, by: Json): Json {
  let left = place
  const visit = (value: Json): Json => {
    left -= 1
    if (left < 0) {
      left = Infinity
      return by
    }
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, visit(inner ?? null)]),
    )
  }
  return visit(body)
}

describe('POST /v1/traces', () => {
  it('never fails on a span, whatever it says of itself, and keeps all that it does not refuse', async () => {
    const isKept = ({ spanId }: { spanId: string }) => /^[\da-f]{16}$/.test(spanId)
    await fc.assert(
      fc.asyncProperty(spans, fc.boolean(), async (sent, isProtobuf) => {
        const { post, kept } = await receiver()
        const body = request(...sent.map((one) => ({ ...span(), ...one })))
        const { status } = isProtobuf
          ? await post(encode(body), PROTOBUF)
          : await post(JSON.stringify(body), JSON_TYPE)
        const good = new Set(sent.filter(isKept).map(({ spanId }) => spanId))
        expect({ status, kept: new Set((await kept()).map(({ spanId }) => spanId)) }).toEqual({
          status: good.size > 0 ? 200 : 400,
          kept: good,
        })
      }),
      { numRuns: 30 },
    )
  })

  it('never fails on any JSON, and keeps nothing of what it refuses', async () => {
    const { post } = await receiver()
    const whole = JSON.parse(JSON.stringify(request(span({ attributes: { a: [1, { b: 2 }] } }))))
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.jsonValue({ maxDepth: 3 }), async (place, by) => {
        const collector = await receiver()
        const body = JSON.stringify(mangled(whole, place, by as Json))
        const { status } = await collector.post(body, JSON_TYPE)
        expect(PERMANENT).toContain(status)
        if (status !== 200) expect(await collector.kept()).toEqual([])
      }),
      { numRuns: 30 },
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        expect(PERMANENT).toContain((await post(body, JSON_TYPE)).status)
      }),
      { numRuns: 30 },
    )
  })

  it('never fails on any bytes', async () => {
    const { post } = await receiver()
    const whole = encode(request(span({ attributes: { a: [1, { b: 2 }], c: 'd' } }), span()))
    const cut = fc.nat(whole.length).map((length) => whole.slice(0, length))
    const changed = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const bytes = whole.slice()
        for (const [place, byte] of changes) bytes[place] = byte
        return bytes
      })
    const any = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes))
    await fc.assert(
      fc.asyncProperty(fc.oneof(any, cut, changed), async (body) => {
        expect(PERMANENT).toContain((await post(body, PROTOBUF)).status)
        expect(PERMANENT).toContain(
          (await post(body, { ...PROTOBUF, 'content-encoding': 'gzip' })).status,
        )
      }),
      { numRuns: 100 },
    )
  })
})
