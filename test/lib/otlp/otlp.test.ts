import { createTracer, memory } from 'carrot-trace'
import { langfuse, otlp, type OtlpOptions } from 'carrot-trace/otlp'
import { protobuf } from 'carrot-trace/otlp/protobuf'
import { afterEach, describe, expect, it } from 'vitest'
import { decoded } from './official.ts'
import { receiver, says, type Receiver } from './receiver.ts'
import { sample, stepOf } from './sample.ts'
import { spansOf } from './sent.ts'

const KEY = 'my-very-own-key-0001'
let open: Receiver | undefined

afterEach(() => open?.close())

/** What the exporter says of a batch that is answered so. */
async function answered(answer: ReturnType<typeof says>, options: OtlpOptions = {}) {
  open = await receiver(answer)
  const exporter = otlp({
    url: open.url,
    headers: { 'x-api-key': KEY, authorization: `Basic ${KEY}` },
    ...options,
  })
  return exporter.export([sample, stepOf('task'), { ...stepOf('tool'), status: 'running' }])
}

const CASES: [what: string, answer: ReturnType<typeof says>, rejected: number, reason: string][] = [
  ['an empty object', says(200, {}), 0, ''],
  ['nothing', says(200, ''), 0, ''],
  ['a page', says(200, '<html>'), 0, ''],
  [
    'a warning',
    says(200, { partialSuccess: { rejectedSpans: 0, errorMessage: 'deprecated' } }),
    0,
    '',
  ],
  [
    'one span refused',
    says(200, { partialSuccess: { rejectedSpans: '1', errorMessage: 'too old' } }),
    1,
    'too old (the receiver does not say which)',
  ],
  [
    'more refused than there were',
    says(200, { partialSuccess: { rejectedSpans: 99 } }),
    2,
    'no reason given (the receiver does not say which)',
  ],
  ['400', says(400, { code: 3, message: 'bad span' }), 2, '400 bad span'],
  [
    '401 that repeats the key',
    says(401, { error: `no such key: ${KEY}` }),
    2,
    '401 no such key: [redacted]. The receiver does not know who sends: check the headers of otlp.',
  ],
  [
    '404 in words',
    says(404, 'nothing here'),
    2,
    '404 nothing here. Nothing listens there: check the url of otlp.',
  ],
  [
    '415',
    says(415, ''),
    2,
    '415 no reason given. The receiver does not take this encoding: pass protobuf of carrot-trace/otlp/protobuf.',
  ],
  ['500, which the specification does not let be tried again', says(500, 'oh'), 2, '500 oh'],
  [
    'a redirect, which the keys do not follow',
    says(307, '', { location: 'http://other.test/' }),
    2,
    '307 no reason given',
  ],
]

describe('otlp', () => {
  it.each(CASES)('says what became of the spans: %s', async (_what, answer, count, reason) => {
    const { rejected } = await answered(answer)
    expect(rejected).toEqual(
      [sample.id, stepOf('task').id].slice(0, count).map((id) => ({ id, reason })),
    )
  })

  it.each([
    [429, '2', 2_000],
    [502, undefined, undefined],
    [503, '0', 0],
    [504, 'soon', undefined],
  ])('asks for another attempt after a %i that says to wait %s', async (status, wait, afterMs) => {
    const headers = wait === undefined ? undefined : { 'retry-after': wait }
    const failing = answered(says(status, { message: `busy ${KEY}` }, headers))
    await expect(failing).rejects.toMatchObject({
      name: 'RetryLater',
      message: `${status} busy [redacted]`,
      afterMs,
    })
  })

  it('asks for less at once after a 413', async () => {
    await expect(answered(says(413, ''))).rejects.toMatchObject({
      name: 'TooLarge',
      message: '413 no reason given. The request is too large: lower capture.maxBytes.',
    })
  })

  it('reads no more of an answer than it needs, and tells no more than a sentence', async () => {
    const endless = answered((response) => {
      response.writeHead(400, { 'content-type': 'text/plain' })
      const more = () => {
        while (response.write('no '.repeat(10_000)));
        response.once('drain', more)
      }
      more()
    })
    const [first] = (await endless).rejected
    expect(first?.reason.length).toBeLessThan(400)
  })

  it('fails, to be tried again, where nobody listens', async () => {
    const gone = await receiver()
    await gone.close()
    await expect(otlp({ url: gone.url }).export([sample])).rejects.toThrow('fetch failed')
  })

  it('sends what has ended, and no request where nothing has', async () => {
    open = await receiver(says(200, {}))
    const exporter = otlp({ url: open.url, headers: { 'x-api-key': KEY } })
    await exporter.export([{ ...sample, status: 'running' }])
    await exporter.export([sample])
    expect(
      open.received.map(({ path, headers }) => [
        path,
        headers['content-type'],
        headers['x-api-key'],
      ]),
    ).toEqual([['/v1/traces', 'application/json', KEY]])
  })

  it('sends at the last moment what it would have sent before', async () => {
    open = await receiver(says(200, {}))
    const exporter = otlp({ url: open.url, headers: { 'x-api-key': KEY } })
    await exporter.export([sample])
    const [before] = open.received
    expect(exporter.request?.([sample, { ...sample, status: 'running' }])).toEqual({
      url: `${open.url}/v1/traces`,
      headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
      body: before?.body.toString(),
    })
  })

  it('is an exporter of a tracer, which sends again what could not be taken', async () => {
    open = await receiver(says(503, '', { 'retry-after': '0' }), says(200, {}))
    const tracer = createTracer({ service: 'shop', exporters: [otlp({ url: open.url })] })
    tracer.span('pipeline', (s) => s.span('look', { kind: 'tool' }, () => 1))
    expect(await tracer.flush()).toEqual({ accepted: 2, rejected: 0, dropped: 0, pending: 0 })
    const [first, second] = open.received.map(({ body }) => spansOf(JSON.parse(body.toString())))
    expect(second).toEqual(first)
    expect(second?.map(({ name }) => name).toSorted()).toEqual(['execute_tool look', 'pipeline'])
  })

  it('is not recorded itself, where the fetch that it is given records', async () => {
    open = await receiver(says(200, {}))
    const kept = memory()
    const { wrapFetch } = createTracer({ exporters: [kept] })
    await otlp({ url: open.url, fetch: wrapFetch(fetch) }).export([sample])
    expect([open.received.length, kept.records]).toEqual([1, []])
  })

  it('knows where Langfuse listens, and how it wants its keys', async () => {
    open = await receiver(says(207, {}))
    await otlp(langfuse({ publicKey: 'pk-1', secretKey: 'sk-1', baseUrl: `${open.url}/` })).export([
      sample,
    ])
    const [received] = open.received
    expect([
      received?.path,
      received?.headers.authorization,
      received?.headers['x-langfuse-ingestion-version'],
    ]).toEqual([
      '/api/public/otel/v1/traces',
      `Basic ${Buffer.from('pk-1:sk-1').toString('base64')}`,
      '4',
    ])
  })
})

/** Protobuf: `partial_success { rejected_spans: 1, error_message: "old" }`. */
const PARTIAL = new Uint8Array([0x0a, 7, 0x08, 1, 0x12, 3, ...Buffer.from('old')])
const AS_PROTOBUF = { 'content-type': 'application/x-protobuf' }

describe('protobuf', () => {
  it.each([
    ['in kind', says(200, PARTIAL, AS_PROTOBUF), 1],
    [
      'in JSON all the same',
      says(200, { partialSuccess: { rejectedSpans: 1, errorMessage: 'old' } }),
      1,
    ],
    ['in bytes that nobody understands', says(200, new Uint8Array([0x0a, 99, 1]), AS_PROTOBUF), 0],
    ['in nothing', says(200, new Uint8Array(), AS_PROTOBUF), 0],
  ])('is sent, and answered %s', async (_how, answer, count) => {
    const { rejected } = await answered(answer, { encoding: protobuf })
    expect(rejected).toEqual(
      [{ id: sample.id, reason: 'old (the receiver does not say which)' }].slice(0, count),
    )
    expect(open?.received[0]?.headers['content-type']).toBe('application/x-protobuf')
    expect(decoded(open?.received[0]?.body ?? new Uint8Array())).toHaveProperty('resourceSpans')
  })

  it('has no last moment, which can send text alone', () => {
    expect(otlp({ encoding: protobuf })).not.toHaveProperty('request')
  })
})
