import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../worker/auth/keys.ts'
import { many, PARTIAL, REQUESTS } from './otlp-cases.ts'
import { bytesOf, encode } from './support/encode.ts'
import { receiver, request, span, SPAN, TRACE } from './support/otlp.ts'
import { gzip, store } from './support/subject.ts'

const PROTOBUF = { 'content-type': 'application/x-protobuf' }

describe('POST /v1/traces', () => {
  it.each(REQUESTS)('$status: $name', async ({ body, headers, status, reply, kept }) => {
    const collector = await receiver()
    const answer = await collector.post(body, headers)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body: reply })
    expect(await collector.kept()).toHaveLength(kept)
  })

  it.each(PARTIAL)('says what it leaves out: $name', async ({ body, kept, partialSuccess }) => {
    const collector = await receiver()
    const { status, body: reply } = await collector.post(body)
    expect({ status, reply }).toEqual({ status: 200, reply: { partialSuccess } })
    expect(await collector.kept()).toHaveLength(kept)
  })

  it('takes 10,000 spans at once, and says that it takes no more', async () => {
    const { post, project } = await receiver()
    const { status, body } = await post(request(...many(10_001)))
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        partialSuccess: {
          rejectedSpans: '1',
          errorMessage: 'spans were refused, the first one because a request may have 10,000 spans',
        },
      },
    })
    expect(await store.trace(project, TRACE)).toHaveLength(10_000)
  })

  it('takes the same in protobuf, in gzip and bare, as in JSON', async () => {
    const sent = request(
      span({
        kind: 3,
        parentSpanId: 'eee19b7ec3c1b173',
        status: { code: 2, message: 'no' },
        attributes: {
          text: 'é 💥',
          yes: true,
          int: -7,
          large: 9_007_199_254_740_991,
          double: 0.5,
          list: ['a', 1, [true]],
          object: { a: { b: 1 } },
        },
        events: [
          { name: 'exception', attributes: { 'exception.type': 'E' } },
          { name: 'e', attributes: { a: 1 } },
        ],
        links: [{ traceId: TRACE, spanId: SPAN }],
        droppedAttributesCount: 3,
      }),
    )
    const collectors = await Promise.all([receiver(), receiver(), receiver(), receiver()])
    const [first, second, third, fourth] = collectors
    const bytes = encode(sent)
    const answers = [
      await first.post(sent),
      await second.post(await gzip(JSON.stringify(sent)), { 'content-encoding': 'gzip' }),
      await third.post(bytes, PROTOBUF),
      await fourth.post(await gzip(bytes), { ...PROTOBUF, 'content-encoding': 'gzip' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const [asJson, ...others] = await Promise.all(collectors.map(({ kept }) => kept()))
    expect(asJson).toMatchObject([
      { spanId: SPAN, metadata: { text: 'é 💥', object: { a: { b: 1 } } } },
    ])
    for (const other of others) expect(other).toEqual(asJson)
  })

  it('answers in protobuf what is asked in protobuf', async () => {
    const { post, app, key } = await receiver()
    const send = async (body: Uint8Array, headers: Record<string, string> = {}) => {
      const response = await app.request('/v1/traces', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, ...PROTOBUF, ...headers },
        body,
      })
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { status: response.status, type: response.headers.get('content-type'), bytes }
    }
    const type = 'application/x-protobuf'
    const empty = new Uint8Array()
    expect((await post(empty, PROTOBUF)).status).toBe(200)
    expect(await send(empty)).toEqual({ status: 200, type, bytes: empty })
    expect(await send(encode(request(span())))).toEqual({ status: 200, type, bytes: empty })

    const part = await send(encode(request(span(), span({ spanId: 'abcd' }))))
    expect(ProtobufTraceSerializer.deserializeResponse(part.bytes)).toMatchObject({
      partialSuccess: { rejectedSpans: 1, errorMessage: expect.stringContaining('`spanId`') },
    })
    for (const [body, headers, status, code, message] of [
      [
        encode(request(span())).slice(0, -3),
        {},
        400,
        3,
        'the body is no ExportTraceServiceRequest in protobuf',
      ],
      [
        new Uint8Array([0x0a, 2, 0xff, 0xff]),
        {},
        400,
        3,
        'the body is no ExportTraceServiceRequest in protobuf',
      ],
      [
        empty,
        { authorization: 'Bearer sk-x' },
        401,
        16,
        'missing or invalid API key: send `Authorization: Bearer sk-...`',
      ],
      [
        empty,
        { 'content-encoding': 'br' },
        415,
        3,
        'the content-encoding may be gzip or none, found another',
      ],
    ] as const) {
      const answer = await send(body, headers)
      expect({ ...answer, bytes: readStatus(answer.bytes) }).toEqual({
        status,
        type,
        bytes: { code, message },
      })
    }
  })

  it.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ['JSON', deepJson(100_000), {}],
    ['protobuf', deepProtobuf(10_000), PROTOBUF],
  ])('leaves out what is nested without end: %s', async (_, body, headers) => {
    const { post, kept } = await receiver()
    expect((await post(body, headers)).status).toBe(200)
    expect(await kept()).toMatchObject([{ spanId: SPAN }])
  })

  it('503 and a time to wait when the store fails, without a word of what was captured', async () => {
    const write = () => Promise.reject(new TypeError('SQLITE_FULL near "secret"'))
    const { post, failures } = await receiver({ store: { ...store, write } })
    const { status, body, headers } = await post(request(span({ name: 'secret' })))
    expect({ status, body, wait: headers.get('retry-after') }).toEqual({
      status: 503,
      body: { code: 14, message: 'the traces could not be stored now; send them again later' },
      wait: '5',
    })
    expect(failures).toMatchObject([{ event: 'otlp failed', cause: 'TypeError' }])
  })

  it.each<[string, string, number]>([
    ['without a key', '', 401],
    ['with an unknown key', `Bearer ${newKey()}`, 401],
  ])('%s: refused', async (_, authorization, status) => {
    const { post, kept } = await receiver()
    expect(await post(request(span()), { authorization })).toMatchObject({
      status,
      body: { code: 16 },
    })
    expect(await kept()).toEqual([])
  })

  it('403: a key that may only read', async () => {
    const { post } = await receiver({}, ['read'])
    expect(await post(request(span()))).toMatchObject({
      status: 403,
      body: { code: 7, message: 'this API key does not have the scope `ingest`' },
    })
  })

  it('429 and a time to wait: a key that sends too often', async () => {
    const { post, kept } = await receiver({ limits: { ingestPerMinute: 1 } })
    await post(request(span()))
    const { status, body, headers } = await post(request(span({ spanId: 'eee19b7ec3c1b170' })))
    expect({ status, body, wait: headers.get('retry-after') }).toEqual({
      status: 429,
      body: { code: 8, message: 'this API key sends too often: wait as `retry-after` says' },
      wait: '60',
    })
    expect(await kept()).toHaveLength(1)
  })

  it('408: a body that does not come to its end', async () => {
    const { app, authorization, kept } = await receiver({ limits: { bodySeconds: 0.01 } })
    const first = new TextEncoder().encode('{"resourceSpans":')
    const stalled = new ReadableStream({ start: (controller) => controller.enqueue(first) })
    const response = await app.request('/v1/traces', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: stalled,
    })
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 408,
      body: { code: 4 },
    })
    expect(await kept()).toEqual([])
  })

  it.each(['PUT', 'PATCH', 'OPTIONS'])('405: %s', async (method) => {
    const { app } = await receiver()
    const response = await app.request('/v1/traces', { method })
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'GET, HEAD, POST, DELETE',
    })
  })

  it('keeps a bomb from inflating', async () => {
    const { post } = await receiver()
    const bomb = await gzip(new Uint8Array(100 * 1024 * 1024))
    expect(await post(bomb, { ...PROTOBUF, 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
    })
  })
})

/** A span with a value in so many lists. */
function deepJson(levels: number): string {
  const [open, close] = ['{"arrayValue":{"values":['.repeat(levels), ']}}'.repeat(levels)]
  const whole = JSON.stringify(request(span({ attributes: { a: 'end' } })))
  return whole.replace('{"stringValue":"end"}', `${open}{"stringValue":"end"}${close}`)
}

/** The same, written from within: each message is its tag, its length and what is in it. */
function deepProtobuf(levels: number): Uint8Array<ArrayBuffer> {
  const heads: number[][] = []
  let length = 0
  for (let level = 0; level < levels; level += 1) {
    for (const tag of [0x0a, 0x2a]) {
      const head = [tag, ...varint(length)]
      heads.push(head)
      length += head.length
    }
  }
  const attribute = [...field(1, [0x61]), ...field(2, heads.toReversed().flat())]
  const ids = [TRACE, SPAN].flatMap((id, at) => field(at + 1, [...bytesOf(id)]))
  return new Uint8Array(field(1, field(2, field(2, [...ids, ...field(9, attribute)]))))
}

function field(number: number, bytes: readonly number[]): number[] {
  return [(number << 3) | 2, ...varint(bytes.length), ...bytes]
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]
}

function readStatus(bytes: Uint8Array): object {
  const reader = new BinaryReader(bytes)
  reader.tag()
  const code = reader.int32()
  reader.tag()
  return { code, message: reader.string() }
}
