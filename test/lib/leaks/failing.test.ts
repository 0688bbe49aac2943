import { createTracer, type Exporter, type TracerOptions } from 'carrot-trace'
import { otlp } from 'carrot-trace/otlp'
import { protobuf } from 'carrot-trace/otlp/protobuf'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { collector } from '../../../src/lib/export/collector.ts'
import { ALL_TEXTS, leaked, SECRETS } from './secrets.ts'

/** Of an address; in it nothing else has to be written otherwise. */
const PATH = SECRETS.flatMap(({ text }) => (/^[\w.-]+$/.test(text) ? [text] : [])).join('/')
const QUERY = encodeURIComponent(ALL_TEXTS)

type Send = (url: string, init: RequestInit) => Promise<Response>

/** How a receiver fails, with secrets in whatever it says. */
const RECEIVERS: Record<string, Send> = {
  ...Object.fromEntries(
    [400, 401, 413, 429, 500].map((status): [string, Send] => [
      `${status}`,
      async () => Response.json({ error: ALL_TEXTS, message: ALL_TEXTS }, { status }),
    ]),
  ),
  'refusals of single records': async () => {
    const errors = [{ index: 0, error: ALL_TEXTS }]
    return Response.json({
      traces: [],
      errors,
      partialSuccess: { rejectedSpans: 1, errorMessage: ALL_TEXTS },
    })
  },
  'JSON that is none': async () => new Response(`{"traces": ${ALL_TEXTS}`),
  'other JSON': async () => Response.json({ [ALL_TEXTS]: ALL_TEXTS }),
  'a redirect': async () =>
    new Response(null, {
      status: 307,
      headers: { location: `https://me:${QUERY}@a.test/${PATH}?${QUERY}=${QUERY}#${QUERY}` },
    }),
  'an error of the network': async () => {
    throw new TypeError(ALL_TEXTS, { cause: new Error(ALL_TEXTS) })
  },
  'an error of no kind': () => Promise.reject(ALL_TEXTS),
}

const EXPORTERS: Record<string, (fetch: Send) => Exporter> = {
  collector: (fetch) => collector({ apiKey: 'k', baseUrl: 'https://collector.test', fetch }),
  OTLP: (fetch) => otlp({ url: 'https://otlp.test', headers: { 'x-key': 'k' }, fetch }),
  protobuf: (fetch) => otlp({ url: 'https://otlp.test', encoding: protobuf, fetch }),
  'one of one’s own': (fetch) => ({
    async export(records) {
      const response = await fetch('', {})
      const reason = await response.text()
      return { rejected: records.map(({ id }) => ({ id, reason })) }
    },
  }),
}

const raising = (): never => {
  throw new Error(ALL_TEXTS)
}

/** What of the application's own may fail. */
const OWN: Record<string, TracerOptions> = {
  'a rule of redact': { redact: raising, exporters: [{ export: () => ({ rejected: [] }) }] },
  'a rule of keep': {
    keep: raising,
    sampleRate: 0,
    exporters: [{ export: () => ({ rejected: [] }) }],
  },
  'an exporter that is handed each record': { exporters: [{ immediate: true, export: raising }] },
  'an address with a password in it': {
    apiKey: 'k',
    baseUrl: 'https://me:0123456789pgpassword@collector.test',
  },
}

const CASES: [what: string, options: TracerOptions][] = [
  ...Object.entries(EXPORTERS).flatMap(([exporter, make]) =>
    Object.entries(RECEIVERS).map(([receiver, send]): [string, TracerOptions] => [
      `${exporter}, answered with ${receiver}`,
      { exporters: [make(send)] },
    ]),
  ),
  ...Object.entries(OWN),
]

/** Something to tell of. */
async function fail(options: TracerOptions): Promise<void> {
  const tracer = createTracer({ ...options, limits: { maxRetries: 0 } })
  tracer.span('a', () => 1)
  await tracer.flush()
}

afterEach(() => void vi.restoreAllMocks())

describe.each(CASES)('%s', (what, options) => {
  it('is told to onError without a secret', async () => {
    const told: string[] = []
    await fail({ ...options, onError: (error) => told.push(`${String(error)} ${error.message}`) })
    expect([told.length > 0 || isTaken(what), leaked(told.join('\n'))]).toEqual([true, []])
  })

  it('is warned of without a secret', async () => {
    const written: unknown[] = []
    vi.spyOn(console, 'warn').mockImplementation((...words) => void written.push(...words))
    await fail(options)
    expect([written.length > 0 || isTaken(what), leaked(written.join('\n'))]).toEqual([true, []])
  })
})

/** By OTLP whatever comes with a 200 is an answer. */
function isTaken(what: string): boolean {
  return /^(?:OTLP|protobuf).*JSON/.test(what)
}
