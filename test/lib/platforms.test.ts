import { createTracer, type SpanRecord } from 'carrot-trace'
import { afterEach, describe, expect, it } from 'vitest'

/** As the platforms hand out the context of a request; each undone after the test. */
const undo: (() => void)[] = []

function put(name: PropertyKey, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true })
  undo.push(() => Reflect.deleteProperty(globalThis, name))
}

afterEach(() => {
  for (const each of undo.splice(0)) each()
})

type Wait = (promise: Promise<unknown>) => void

const PLATFORMS: [platform: string, put: (context: object | undefined) => void][] = [
  ['Vercel', (context) => put(Symbol.for('@vercel/request-context'), { get: () => context })],
  ['Next.js', (context) => put(Symbol.for('@next/request-context'), { get: () => context })],
  ['Netlify', (context) => put('Netlify', { context })],
  ['Supabase', (context) => put('EdgeRuntime', context)],
]

function recording() {
  const requests: (readonly SpanRecord[])[] = []
  const tracer = createTracer({
    exporters: [{ export: (records) => (requests.push(records), { rejected: [] }) }],
    limits: { flushInterval: 1_000_000 },
  })
  const names = () => requests.map((records) => records.map(({ name }) => name))
  return { tracer, names }
}

describe.each(PLATFORMS)('on %s', (_platform, put) => {
  it('what an invocation recorded is sent in one request, and waited for', async () => {
    const waited: Promise<unknown>[] = []
    const context = {
      waited,
      waitUntil(this: { waited: Promise<unknown>[] }, promise: Promise<unknown>) {
        this.waited.push(promise) // loses its `this` easily, as platforms' own do
      },
    } satisfies { waited: Promise<unknown>[]; waitUntil: Wait }
    put(context)
    const { tracer, names } = recording()
    await tracer.span('request', (s) => s.span('step', async () => {}))
    await Promise.all(waited)
    expect(names()).toEqual([['request', 'step']])
  })

  it('a process outside of any invocation is one like others', async () => {
    put(undefined)
    const { tracer, names } = recording()
    tracer.span('start-up', () => {})
    expect(names()).toEqual([])
    expect(await tracer.flush()).toEqual({ accepted: 1, rejected: 0, dropped: 0, pending: 0 })
    expect(names()).toEqual([['start-up']])
  })
})

describe("Vercel's EdgeRuntime, a text", () => {
  it('is not taken for a platform', async () => {
    put('EdgeRuntime', 'edge-runtime')
    const { tracer, names } = recording()
    tracer.span('step', () => {})
    await tracer.flush()
    expect(names()).toEqual([['step']])
  })
})
