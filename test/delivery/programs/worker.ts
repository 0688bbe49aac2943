/**
 * A Worker, whose invocations end in the way that their path says.
 *
 * @module
 */

import { createTracer, type Span, type Tracer } from 'carrot-trace'

interface Env {
  WORLD: string
}

/** One for each collector, as a Worker would have one in the scope of its module. */
const tracers = new Map<string, Tracer>()

function tracerOf(baseUrl: string): Tracer {
  const known = tracers.get(baseUrl) ?? createTracer({ apiKey: 'sk-test', baseUrl, context: 'off' })
  tracers.set(baseUrl, known)
  return known
}

/** Slowly, a stream of it goes on for half a second. */
const messages = [{ role: 'user', content: 'Hi '.repeat(60) }]

/** A call to a model. A stream may stop in its middle and say no more. */
function ask(span: Span, api: string, stream: boolean, stalls = false): Promise<Response> {
  return span.fetch(`${api}/v1/chat/completions`, {
    method: 'POST',
    headers: stalls ? { 'x-stall-after': '2' } : {},
    body: JSON.stringify({ model: 'gpt-4o', stream, messages }),
  })
}

type Way = (tracer: Tracer, world: string) => Response | Promise<Response>

const stalling: Way = (tracer, world) =>
  tracer.span('request', (request) => ask(request, world, true, true))

const WAYS: Record<string, Way> = {
  async return(tracer, world) {
    await tracer.span('request', async (request) => (await ask(request, world, false)).text())
    return new Response('done')
  },
  throw: (tracer, world) =>
    tracer.span('request', async (request) => {
      await (await ask(request, world, false)).text()
      throw new Error('thrown')
    }),
  stream: (tracer, world) => tracer.span('request', (request) => ask(request, world, true)),
  left: (tracer, world) => tracer.span('request', (request) => ask(request, `${world}/slow`, true)),
  /** Half a minute passes in no time, while the stream runs. */
  async capped(tracer, world) {
    const { setTimeout } = globalThis
    const hurried = (work: () => void, ms: number) => setTimeout(work, ms > 20_000 ? 0 : ms)
    Object.assign(globalThis, { setTimeout: hurried })
    const response = stalling(tracer, world)
    Object.assign(globalThis, { setTimeout })
    return response
  },
  gone: stalling,
  async flushed(tracer, world) {
    await tracer.span('before', async (before) => (await ask(before, world, false)).text())
    await tracer.flush()
    return stalling(tracer, world)
  },
}

export default {
  async fetch(request: Request, { WORLD }: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    const [, way = '', runtime = ''] = pathname.split('/')
    const tracer = tracerOf(`${WORLD}/collector/${way}-${runtime}`)
    return WAYS[way]?.(tracer, WORLD) ?? new Response('no such way', { status: 404 })
  },
}
