/**
 * A Worker with one tracer and one client for all of its invocations, as applications write them.
 *
 * @module
 */

import * as carrot from 'carrot-trace'
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

/** The same one each time, so that `init` changes nothing. */
const onError = () => {}

type Way = (name: string, api: string) => Promise<Response>

const WAYS: Record<string, Way> = {
  /** Three records, which have ended before the reply. */
  whole: (name, api) =>
    carrot.span(name, async (request) => {
      const text = await request.span('step', async (step) => {
        return (await ask(step.fetch, api, false)).text()
      })
      return new Response(text)
    }),
  /** Three records, of which two end with the reply, and one long before. */
  streamed: (name, api) =>
    carrot.span(name, async (request) => {
      request.span('step', () => {})
      return ask(request.fetch, api, true)
    }),
  /** Likewise, with a flush while the stream runs. */
  async flushing(name, api) {
    const response = await WAYS.streamed?.(name, api)
    await carrot.flush()
    return response ?? Response.error()
  },
  /** Likewise, within the span. */
  'flushing-inside': (name, api) =>
    carrot.span(name, async (request) => {
      request.span('step', () => {})
      const response = await ask(request.fetch, api, true)
      await carrot.flush()
      return response
    }),
}

export default {
  async fetch(request: Request, { WORLD }: Env): Promise<Response> {
    const [, way = '', runtime = '', number = '', ...rest] = new URL(request.url).pathname.split(
      '/',
    )
    if (way === 'unhandled') return Response.json(unhandled())
    carrot.init({ apiKey: 'sk-test', baseUrl: `${WORLD}/collector/${runtime}`, onError })
    const respond = WAYS[way]
    return respond ? respond(`${way} ${number}`, [WORLD, ...rest].join('/')) : Response.error()
  },
}
