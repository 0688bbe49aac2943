import {
  collector,
  doctor,
  init,
  memory,
  patchFetch,
  wrap,
  type Exporter,
  type TracerOptions,
} from 'carrot-trace'
import OpenAI from 'openai'
import { Ollama } from 'ollama'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { collectorStub } from '../support/collector-stub.ts'

async function found(about: string, options: TracerOptions, ...clients: unknown[]) {
  init({ exporters: [memory()], onError: () => {}, ...options })
  const { findings } = await doctor(...clients)
  return findings.flatMap((each) => (each.about === about ? [[each.ok, each.text]] : []))
}

afterEach(() => {
  vi.restoreAllMocks()
})

const refusing: Exporter = {
  export: ([record]) => ({ rejected: [{ id: record?.id ?? '', reason: '401 unknown key' }] }),
}
const sent = { apiKey: 'sk-my-key', exporters: undefined }

const FINDINGS: [about: string, options: TracerOptions, ok: boolean, text: string | RegExp][] = [
  ['runtime', {}, true, /^Node\.js\/\d+$/],
  ['context', {}, true, 'Follows across await (node:async_hooks).'],
  ['context', { context: 'off' }, true, 'Off, as told: parents are named.'],
  [
    'context',
    { context: { getStore: () => undefined, run: (_store, callback) => callback() } },
    false,
    'Is lost across await, though there is given: name the parent.',
  ],
  ['lifetime', {}, true, 'What is left is sent when the process ends.'],
  ['clock', {}, true, 'Moves by less than 0.001 ms.'],
  ['delivery', {}, true, /^Exporter 1 took a record in \d+ ms: trace [\da-f]{32}\.$/],
  ['delivery', { exporters: [refusing] }, false, 'Exporter 1 refused a record: 401 unknown key'],
  ['delivery', { disabled: true }, false, 'The tracer is disabled: nothing is recorded.'],
  [
    'delivery',
    { exporters: undefined },
    false,
    'There is no key, so nothing is sent: pass apiKey or set CARROT_API_KEY.',
  ],
  [
    'delivery',
    { ...sent, baseUrl: 'http://127.0.0.1:9' },
    false,
    'The collector at http://127.0.0.1:9 could not be reached: fetch failed (bad port)',
  ],
]

describe('doctor', () => {
  it.each(FINDINGS)('says of the %s with %j: %s %s', async (about, options, ok, text) => {
    expect(await found(about, options)).toEqual([
      [ok, typeof text === 'string' ? text : expect.stringMatching(text)],
    ])
  })

  it('sends the collector one record, past what waits', async () => {
    const stub = await collectorStub()
    const fetch = (url: string, options: RequestInit) => globalThis.fetch(url, options)
    const exporter = collector({ baseUrl: stub.url, apiKey: 'sk-my-key', fetch })
    const [[ok, text] = []] = await found('delivery', { exporters: [exporter] })
    await stub.close()
    expect(stub.requests.flat()).toMatchObject([
      { name: 'doctor', tags: ['doctor'], status: 'success' },
    ])
    const [traceId] = stub.requests.flat().map(({ id = '' }) => id.replaceAll('-', ''))
    expect([ok, text]).toEqual([true, expect.stringContaining(`trace ${traceId}.`)])
  })

  it('says that a clock stands still', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(1)
    expect(await found('clock', {})).toEqual([
      [
        true,
        'Stands still between I/O: a step that only computes cannot be measured, and has no duration.',
      ],
    ])
  })

  it('tells clients whose calls are seen from those whose are not', async () => {
    const before = new OpenAI({ apiKey: 'sk-test' })
    const wrapped = wrap(before)
    using _patched = patchFetch()
    const after = new OpenAI({ apiKey: 'sk-test' })
    const seen = await found('client', {}, before, wrapped, after, new Ollama(), fetch, 7)
    const not =
      'are not seen: wrap it, or give it carrot.fetch; patchFetch() has to come before it is made.'
    expect(seen).toEqual([
      [false, `The calls of OpenAI ${not}`],
      [true, 'The calls of OpenAI are seen.'],
      [true, 'The calls of OpenAI are seen.'],
      [true, 'The calls of Ollama are seen.'],
      [true, 'The calls of function are seen.'],
      [
        true,
        'number does not show which fetch it uses: its calls are seen if that is carrot.fetch, or the global one after patchFetch().',
      ],
    ])
  })

  it('says which calls to models no format could read', async () => {
    const fetch = async () => Response.json({})
    const { fetch: traced } = init({ exporters: [memory()], onError: () => {}, fetch })
    expect((await doctor()).findings.filter(({ about }) => about === 'unread')).toEqual([])
    const post = { method: 'POST', body: '{}' }
    await traced('https://api.openai.com/v1/videos', post)
    await traced('https://api.openai.com/v1/videos', post)
    await traced('https://api.x.ai/v1/videos', post)
    expect((await doctor()).findings.filter(({ about }) => about === 'unread')).toEqual(
      ['2 calls to api.openai.com', 'One call to api.x.ai'].map((calls) => ({
        about: 'unread',
        ok: false,
        text: `${calls} could not be read: pass a format in the option "formats".`,
      })),
    )
  })

  it('is a text with a line for each finding', async () => {
    init({ exporters: [memory()], context: 'off' })
    const diagnosis = await doctor({})
    expect(
      String(diagnosis)
        .split('\n')
        .map((line) => line.slice(0, 10).trimEnd()),
    ).toEqual([
      '✓ runtime',
      '✓ context',
      '✓ lifetime',
      '✓ clock',
      '✓ delivery',
      '✓ fetch',
      '✗ client',
    ])
    expect(diagnosis.ok).toBe(false)
  })
})
