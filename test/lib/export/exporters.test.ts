import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  collector,
  consoleExporter,
  createTracer,
  memory,
  type SpanRecord,
} from '../../../src/index.ts'
import { RetryLater, TooLarge } from '../../../src/lib/export/exporter.ts'

const ID = '01890a5d-ac96-774b-bcce-b302099a8057'
const step: SpanRecord = {
  v: 1,
  id: ID,
  trace: {
    traceId: '01890a5dac96774bbcceb302099a8057',
    spanId: 'bcceb302099a8057',
    parentSpanId: 'aaaaaaaaaaaaaaaa',
    sampled: true,
  },
  name: 'search',
  kind: 'retriever',
  status: 'success',
  seq: 1,
  startUnixMs: 1_700_000_000_000.25,
  endUnixMs: 1_700_000_000_120.5,
  input: { q: 'a' },
  output: ['b'],
  tags: ['t'],
  metadata: { version: '2' },
}

function answering(answer: () => Response) {
  const requests: { url: string; headers: Headers; body: unknown }[] = []
  const exporter = collector({
    baseUrl: 'http://collector.test/',
    apiKey: 'sk-secret-key',
    async fetch(url, init) {
      requests.push({
        url,
        headers: new Headers(init.headers),
        body: JSON.parse(String(init.body)),
      })
      return answer()
    },
  })
  return { exporter, requests }
}

const accepted = () => Response.json({ traces: [{ id: ID }], errors: [] }, { status: 202 })

describe('collector', () => {
  it('sends the documented shape: nine fields, and the rest in metadata.carrot', async () => {
    const { exporter, requests } = answering(accepted)
    expect(await exporter.export([step])).toEqual({ rejected: [] })
    expect(requests[0]?.url).toBe('http://collector.test/v1/traces/ingest')
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      authorization: 'Bearer sk-secret-key',
      'content-type': 'application/json',
    })
    expect(requests[0]?.body).toEqual({
      traces: [
        {
          id: ID,
          name: 'search',
          input: { q: 'a' },
          output: ['b'],
          metadata: {
            version: '2',
            latency_ms: 120,
            carrot: {
              v: 1,
              trace_id: '01890a5dac96774bbcceb302099a8057',
              parent_id: 'aaaaaaaaaaaaaaaa',
              kind: 'retriever',
              seq: 1,
              start_ms: 1_700_000_000_000.25,
              end_ms: 1_700_000_000_120.5,
            },
          },
          tags: ['t'],
          status: 'success',
          started_at: '2023-11-14T22:13:20.000Z',
          ended_at: '2023-11-14T22:13:20.120Z',
        },
      ],
    })
  })

  it('leaves the user’s own metadata alone where it has nothing to say', async () => {
    const { exporter, requests } = answering(accepted)
    await exporter.export([{ ...step, metadata: { model: 'mine', input_tokens: 'many' } }])
    expect(requests[0]?.body).toMatchObject({
      traces: [{ metadata: { model: 'mine', input_tokens: 'many', latency_ms: 120 } }],
    })
  })

  it('names each record that was refused', async () => {
    const { exporter } = answering(() =>
      Response.json(
        { traces: [], errors: [{ index: 0, error: 'bad date, Bearer abcdefghijkl' }] },
        { status: 202 },
      ),
    )
    expect(await exporter.export([step])).toEqual({
      rejected: [{ id: ID, reason: 'bad date, [redacted]' }],
    })
  })

  it('shows no more of an unknown key than its beginning', async () => {
    const { exporter } = answering(() =>
      Response.json({ error: 'invalid API key' }, { status: 401 }),
    )
    expect(await exporter.export([step])).toEqual({
      rejected: [
        {
          id: ID,
          reason:
            '401 invalid API key. The collector does not know the key that begins with "sk-sec": check apiKey or CARROT_API_KEY.',
        },
      ],
    })
  })

  it.each([408, 429, 500, 503])('asks to be tried again after a %i', async (status) => {
    const { exporter } = answering(
      () => new Response('busy', { status, headers: { 'retry-after': '3' } }),
    )
    const error: unknown = await Promise.resolve(exporter.export([step])).catch(
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(RetryLater)
    expect(error).toMatchObject({ afterMs: 3_000, message: `${status} no reason given` })
  })

  it.each(['sk-abc', 'key', 'k'])(
    'shows no more of a short key than half of it: %s',
    async (apiKey) => {
      const fetch = async () => Response.json({ error: 'unknown' }, { status: 401 })
      const exporter = collector({ baseUrl: 'http://localhost', apiKey, fetch })
      const { rejected } = await exporter.export([step])
      const beginning = apiKey.slice(0, Math.floor(apiKey.length / 2))
      expect(rejected[0]?.reason).toContain(`begins with "${beginning}"`)
    },
  )

  it('says that it is sent on, wherever that is said to be', async () => {
    const headers = { location: 'http://[nowhere' }
    const { exporter } = answering(() => new Response(null, { status: 302, headers }))
    await expect(exporter.export([step])).rejects.toThrow('302 sends on to another address')
  })

  it('says so where less at once would be taken', async () => {
    const { exporter } = answering(() => Response.json({ error: 'at most 10 MB' }, { status: 413 }))
    await expect(exporter.export([step])).rejects.toEqual(new TooLarge('413 at most 10 MB'))
  })

  it.each(['', '<html>', '{"traces":[', '{"ok":true}', '{"traces":null}', '[]', 'null'])(
    'does not take %j for a receipt, and asks to be tried again',
    async (text) => {
      const { exporter } = answering(() => new Response(text, { status: 202 }))
      await expect(exporter.export([step])).rejects.toThrow(
        '202, but not the answer of a collector: check baseUrl or CARROT_BASE_URL',
      )
    },
  )

  it.each([
    ['/elsewhere?key=1', 'http://collector.test/elsewhere?key=[redacted]'],
    ['https://login.test/', 'https://login.test/'],
    [undefined, 'another address'],
  ])('takes records and key to no other address: not to %s', async (location, told) => {
    const modes: unknown[] = []
    const exporter = collector({
      baseUrl: 'http://collector.test',
      apiKey: 'sk-secret-key',
      async fetch(_url, { redirect }) {
        modes.push(redirect)
        return new Response(null, { status: 307, headers: location ? { location } : {} })
      },
    })
    await expect(exporter.export([step])).rejects.toThrow(
      `307 sends on to ${told}: set baseUrl or CARROT_BASE_URL to where the collector is`,
    )
    expect(modes).toEqual(['manual'])
  })

  it('reads no more of an answer than a receipt is long, and lets go of the rest', async () => {
    const chunk = new Uint8Array(65_536).fill(32)
    let chunks = 0
    let isLetGo = false
    const endless = new ReadableStream({
      pull(controller) {
        chunks += 1
        if (chunks > 1_000) controller.close()
        else controller.enqueue(chunk)
      },
      cancel() {
        isLetGo = true
      },
    })
    const { exporter } = answering(() => new Response(endless, { status: 200 }))
    await expect(exporter.export([step])).rejects.toThrow('not the answer of a collector')
    expect(chunks).toBeLessThan(20)
    expect(isLetGo).toBe(true)
  })

  it('says neither the key nor a whole page of what a collector says', async () => {
    const error = `no such key: sk-secret-key ${'because '.repeat(1_000)}`
    const { exporter } = answering(() => Response.json({ error }, { status: 403 }))
    const { rejected } = await exporter.export([step])
    expect(rejected).toEqual([
      { id: ID, reason: expect.stringMatching(/^403 no such key: \[redacted\] (?:because )+/) },
    ])
    expect(rejected[0]?.reason.length).toBeLessThan(310)
  })
})

describe('createTracer', () => {
  const SENT: [baseUrl: string, chars: number, leaving: boolean, encoding: string | null][] = [
    ['https://collector.test', 5_000, false, 'gzip'],
    ['https://collector.test', 100, false, null],
    ['https://collector.test', 5_000, true, null],
    ['http://localhost:8787', 5_000, false, null],
    ['http://127.0.0.1:8787', 5_000, false, null],
    ['http://[::1]:8787', 5_000, false, null],
    ['http://app.localhost:8787', 5_000, false, null],
    ['http://127.0.0.1.collector.test', 5_000, false, 'gzip'],
  ]
  it.each(SENT)('is sent to %s, %d characters, leaving %s, with %s', async (...row) => {
    const [baseUrl, chars, leaving, encoding] = row
    const inits: RequestInit[] = []
    const fetch = async (_url: string, init: RequestInit) => (inits.push(init), accepted())
    const exporter = collector({ baseUrl, apiKey: 'sk-secret-key', fetch })
    await exporter.export([{ ...step, output: 'x'.repeat(chars) }], { leaving })
    const [{ keepalive = false, headers, body } = {}] = inits
    expect([new Headers(headers).get('content-encoding'), keepalive]).toEqual([encoding, leaving])
    const text = encoding ? gunzipSync(Buffer.from(body as ArrayBuffer)).toString() : String(body)
    expect(JSON.parse(text)).toMatchObject({ traces: [{ id: ID }] })
  })

  it.each([400, 415])('does without gzip where a %i says that it is not known', async (status) => {
    const encodings: (string | null)[] = []
    const fetch = async (_url: string, { headers }: RequestInit) => {
      const encoding = new Headers(headers).get('content-encoding')
      encodings.push(encoding)
      return encoding ? new Response('malformed', { status }) : accepted()
    }
    const exporter = collector({ baseUrl: 'https://collector.test', apiKey: 'sk', fetch })
    const records = [{ ...step, output: 'x'.repeat(5_000) }]
    expect(await exporter.export(records)).toEqual({ rejected: [] })
    expect(await exporter.export(records)).toEqual({ rejected: [] })
    expect(encodings).toEqual(['gzip', null, null])
  })

  it('goes on with gzip where the refusal had another reason', async () => {
    const encodings: (string | null)[] = []
    const fetch = async (_url: string, { headers }: RequestInit) => {
      encodings.push(new Headers(headers).get('content-encoding'))
      return Response.json({ error: 'bad date' }, { status: 400 })
    }
    const exporter = collector({ baseUrl: 'https://collector.test', apiKey: 'sk', fetch })
    const records = [{ ...step, output: 'x'.repeat(5_000) }]
    const refused = { rejected: [{ id: ID, reason: '400 bad date' }] }
    expect(await exporter.export(records)).toEqual(refused)
    expect(await exporter.export(records)).toEqual(refused)
    expect(encodings).toEqual(['gzip', null, 'gzip', null])
  })

  it('says once that there is no key, and counts what it cannot send', async () => {
    const told: string[] = []
    const tracer = createTracer({ onError: ({ code }) => told.push(code) })
    tracer.span('a', () => {})
    expect(await tracer.flush()).toEqual({ accepted: 0, rejected: 0, dropped: 1, pending: 0 })
    expect(told).toEqual(['no_api_key'])
  })

  it.each([
    [{ apikey: 'x' }, 'There is no option "apikey". Write "apiKey".'],
    [
      { apiKey: 'sk-…' },
      'The option "apiKey" has to be a key as it was given out, without spaces; found string.',
    ],
    [
      { baseUrl: 'localhost' },
      'The option "baseUrl" has to be an address such as http://localhost:8787; found string.',
    ],
    [
      { limits: { batchSize: 101 } },
      'The option "limits.batchSize" has to be 1 to 100; found 101.',
    ],
    [
      { capture: { maxByte: 1 } },
      'There is no option "capture.maxByte". The options are content, media, maxBytes, streamUsage.',
    ],
    [{ exporters: memory() }, 'The option "exporters" has to be an array; found object.'],
  ])('refuses %j with what to write', (options: object, message) => {
    expect(() => createTracer(options)).toThrow(
      expect.objectContaining({ code: 'invalid_option', message }),
    )
  })
})

describe('consoleExporter', () => {
  it('writes a line a record, with a question mark for what is unknown', () => {
    const lines: string[] = []
    const tracer = createTracer({ exporters: [consoleExporter((line) => lines.push(line))] })
    tracer.span('search', () => {})
    tracer.startSpan('bad \u001b[31m').fail(new TypeError('no\nluck'))
    expect(
      lines.map((line) => line.replace(/[\d.]+ ms/, '1 ms').replace(/[\da-f]{32}/, '<trace>')),
    ).toEqual(['✓ search  1 ms  <trace>', '✗ bad ·[31m  1 ms  TypeError: no·luck  <trace>'])
  })
})

const TREE = [
  '✓ chat gpt-4o  1 ms  5 → ? tokens  <trace>',
  '✓ answer  1 ms  <trace>',
  '├─ ✓ search  1 ms  retriever',
  '│  └─ ✗ rank  1 ms  Error: no··luck',
  '└─ ✓ chat gpt-4o  1 ms  5 → ? tokens',
]

describe('consoleExporter, of a pipeline', () => {
  async function written(colors: boolean): Promise<string[]> {
    const lines: string[] = []
    const tracer = createTracer({
      exporters: [consoleExporter({ write: (line) => lines.push(line), colors })],
      fetch: async () => Response.json({ choices: [], usage: { prompt_tokens: 5 } }),
    })
    await tracer.span('answer', async (answer) => {
      answer.span('search', { kind: 'retriever' }, (search) => {
        search.startSpan('rank').fail(new Error('no\n\u202eluck'))
      })
      const url = 'https://api.openai.com/v1/chat/completions'
      const body = '{"model":"gpt-4o","messages":[]}'
      await (await answer.fetch(url, { method: 'POST', body })).json()
    })
    return lines.map((line) => line.replace(/[\d.]+ ms/, '1 ms').replace(/[\da-f]{32}/, '<trace>'))
  }

  it('writes a line for the call when it ends, and the tree when all has', async () => {
    expect(await written(false)).toEqual(TREE)
  })

  it('says the same in colours, and nothing that a terminal would carry out', async () => {
    const lines = await written(true)
    // oxlint-disable-next-line no-control-regex -- the colours
    expect(lines.map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual(TREE)
    expect(lines[1]?.startsWith('\u001b[32m✓\u001b[0m \u001b[1manswer')).toBe(true)
  })

  it('holds no more traces than a hundred', () => {
    const lines: string[] = []
    const exporter = consoleExporter((line) => lines.push(line))
    const of = (trace: number, parentSpanId?: string): SpanRecord => ({
      ...step,
      id: `${trace}${parentSpanId}`,
      trace: {
        traceId: String(trace),
        spanId: String(trace),
        sampled: true,
        ...(parentSpanId && { parentSpanId }),
      },
    })
    for (let trace = 0; trace <= 100; trace += 1) void exporter.export([of(trace, String(trace))])
    void exporter.export([of(0), of(1)])
    expect(lines.map((line) => line.slice(0, 8))).toEqual(['✓ search', '✓ search', '└─ ✓ sea'])
  })
})

describe('memory', () => {
  it('keeps the newest records, up to its size', () => {
    const exporter = memory(2)
    const tracer = createTracer({ exporters: [exporter] })
    for (const name of ['a', 'b', 'c']) tracer.span(name, () => {})
    expect(exporter.records.map(({ name }) => name)).toEqual(['b', 'c'])
    exporter.clear()
    expect(exporter.records).toEqual([])
  })
})
