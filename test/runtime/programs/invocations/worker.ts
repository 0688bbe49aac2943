/**
 * A Worker whose invocations share what is in the scope of its module: for each collector one tracer.
 *
 * @module
 */

import { createTracer, type Tracer } from 'carrot-trace'
import { unhandled } from '../unhandled.ts'

interface Env {
  WORLD: string
}

type Fetch = typeof globalThis.fetch

function ask(fetch: Fetch, api: string, stream: boolean): Promise<Response> {
  const messages = [{ role: 'user', content: 'Hi '.repeat(20) }]
  const body = JSON.stringify({ model: 'gpt-4o', stream, messages })
  return fetch(`${api}/v1/chat/completions`, { method: 'POST', body })
}

const tracers = new Map<string, Tracer>()

function tracerOf(baseUrl: string): Tracer {
  const known = tracers.get(baseUrl) ?? createTracer({ apiKey: 'sk-test', baseUrl, onError })
  tracers.set(baseUrl, known)
  return known
}

const onError = () => {}

type Way = (tracer: Tracer, name: string, api: string) => Promise<Response>

const WAYS: Record<string, Way> = {
  /** Three records, which have ended before the reply. */
  whole: (tracer, name, api) =>
    tracer.span(name, async (request) => {
      const text = await request.span('step', async (step) => {
        return (await ask(step.fetch, api, false)).text()
      })
      return new Response(text)
    }),
  /** Three records, of which two end with the reply, and one long before. */
  streamed: (tracer, name, api) =>
    tracer.span(name, async (request) => {
      request.span('step', () => {})
      return ask(request.fetch, api, true)
    }),
  /** Likewise, with a flush while the stream runs. */
  async flushing(tracer, name, api) {
    const response = await WAYS.streamed?.(tracer, name, api)
    await tracer.flush()
    return response ?? Response.error()
  },
  /** Likewise, within the span. */
  'flushing-inside': (tracer, name, api) =>
    tracer.span(name, async (request) => {
      request.span('step', () => {})
      const response = await ask(request.fetch, api, true)
      await tracer.flush()
      return response
    }),
}

export default {
  async fetch(request: Request, { WORLD }: Env): Promise<Response> {
    const [, way = '', collector = '', number = '', ...rest] = new URL(request.url).pathname.split(
      '/',
    )
    if (way === 'unhandled') return Response.json(unhandled())
    const respond = WAYS[way]
    if (!respond) return Response.error()
    const tracer = tracerOf(`${WORLD}/collector/${collector}`)
    return respond(tracer, `${way} ${number}`, [WORLD, ...rest].join('/'))
  },
}
