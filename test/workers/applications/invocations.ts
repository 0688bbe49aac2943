/**
 * What handlers of Workers do, one path each. Written for Workers without any flag: it names its context.
 *
 * @module
 */

import * as carrot from 'carrot-trace'
import type { Span } from 'carrot-trace'
import { instrument, spanOf } from 'carrot-trace/workers'

interface Env {
  MODELS: string
  /** The same, at the pace of models. */
  SLOW: string
  QUEUE: Queue<{ text: string; trace?: object }>
}

const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: 'refund?' }] }

function ask(fetcher: typeof fetch, { MODELS }: Env, stream = false): Promise<Response> {
  const body = JSON.stringify({ ...REQUEST, stream })
  return fetcher(`${MODELS}/v1/chat/completions`, { method: 'POST', body })
}

type Route = (
  request: Request,
  env: Env,
  ctx: ExecutionContext,
  span: Span,
) => Response | Promise<Response>

/** Says what it has read of a model, piece by piece, asking for each when it is read. */
function pieces(env: Env, span: Span): ReadableStream<Uint8Array> {
  let asked = 0
  return new ReadableStream({
    async pull(controller) {
      if (asked === 3) return controller.close()
      asked += 1
      const reply = await ask(span.fetch, env)
      controller.enqueue(new TextEncoder().encode(`${(await reply.text()).length > 0}\n`))
    },
  })
}

const ROUTES: Record<string, Route> = {
  '/static': () => new Response('a file'),
  '/explicit': async (_request, env, _ctx, span) =>
    Response.json(await (await ask(span.fetch, env)).json()),
  '/ambient': async (_request, env) => Response.json(await (await ask(carrot.fetch, env)).json()),
  '/step': async (_request, env, _ctx, span) => {
    await span.span('step', async (s) => (await ask(s.fetch, env)).text())
    return new Response('done')
  },
  '/throws': () => {
    throw new RangeError('out of words')
  },
  '/unavailable': () => new Response('later', { status: 503 }),
  '/streamed': (_request, env, _ctx, span) => ask(span.fetch, env, true),
  '/agent': (_request, env, _ctx, span) => new Response(pieces(env, span)),
  '/slowly': (_request, env, _ctx, span) => ask(span.fetch, { ...env, MODELS: env.SLOW }, true),
  '/later': (_request, env, ctx, span) => {
    ctx.waitUntil(scheduler.wait(20).then(() => ask(span.fetch, env).then((reply) => reply.text())))
    return new Response('at once')
  },
  '/named': (_request, _env, _ctx, span) => Response.json(span.export()),
  '/empty': () => new Response(null, { status: 204 }),
  '/upgrade': () => {
    const [client, server] = Object.values(new WebSocketPair())
    server?.accept()
    server?.send('hello')
    return new Response(null, { status: 101, webSocket: client ?? null })
  },
  '/send': async (request, env, _ctx, span) => {
    const text = await request.text()
    await env.QUEUE.send({ text, ...(text === 'follow' && { trace: span.export() }) })
    return new Response('sent')
  },
}

const handler = {
  greeting: 'hello',

  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/this') return new Response(this.greeting)
    return (
      ROUTES[pathname]?.(request, env, ctx, spanOf(request)) ?? new Response('', { status: 404 })
    )
  },

  async queue(batch: MessageBatch<{ text: string }>, env: Env): Promise<void> {
    for (const message of batch.messages) {
      await (await ask(spanOf(batch).fetch, env)).text()
      if (message.body.text === 'again' && message.attempts === 1) message.retry()
      else message.ack()
    }
  },

  async scheduled(controller: ScheduledController, env: Env): Promise<void> {
    await (await ask(spanOf(controller).fetch, env)).text()
  },

  async email(message: ForwardableEmailMessage, env: Env): Promise<void> {
    await (await ask(spanOf(message).fetch, env)).text()
  },
}

export default instrument(handler, { service: 'invocations' })
