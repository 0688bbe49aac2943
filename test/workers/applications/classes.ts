/**
 * Classes that the runtime makes instances of, with all that a class may have.
 *
 * @module
 */

import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers'
import * as carrot from 'carrot-trace'
import type { SpanCarrier } from 'carrot-trace'
import { instrument, spanOf, wrapBinding } from 'carrot-trace/workers'

interface Env {
  MODELS: string
  COUNTER: DurableObjectNamespace<CounterObject>
  LIBRARY: Service<typeof LibraryEntrypoint>
  ELSEWHERE: Service<typeof import('./library.ts').default>
}

function ask(fetcher: typeof fetch, { MODELS }: Env): Promise<Response> {
  const body = JSON.stringify({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'refund?' }],
  })
  return fetcher(`${MODELS}/v1/chat/completions`, { method: 'POST', body })
}

class BaseObject extends DurableObject<Env> {
  async inherited(word: string) {
    const reply = await ask(spanOf(this).fetch, this.env)
    await reply.text()
    return `${word} ${reply.status}`
  }
}

class CounterObject extends BaseObject {
  static readonly kind = 'counter'
  readonly made: string = `${this.constructor.name}, ${this instanceof CounterObject}`
  #count = 0

  get total() {
    return this.#count
  }

  async ask(question: string, _trace?: SpanCarrier) {
    const { fetch } = spanOf(this)
    this.#count += 1
    const reply = await ask(fetch, this.env)
    await reply.text()
    return { question, count: this.#count, made: this.made }
  }

  /** Calls its own methods, before and after it has waited. */
  async both() {
    const first = await this.ask('one')
    const second = await this.ask('two')
    return [first.question, second.question]
  }

  add(one: number, two: number) {
    return one + two
  }

  async words() {
    const reply = await ask(spanOf(this).fetch, this.env)
    return reply.body
  }

  async fail() {
    await this.ctx.storage.get('nothing')
    throw new RangeError('out of numbers')
  }

  async wake() {
    await this.ctx.storage.setAlarm(Date.now())
  }

  override async alarm() {
    await (await ask(spanOf(this).fetch, this.env)).text()
  }

  override async fetch(request: Request) {
    if (request.headers.get('upgrade') !== 'websocket') {
      await (await ask(spanOf(request).fetch, this.env)).text()
      return new Response(request.headers.get('traceparent'))
    }
    const [client, server] = Object.values(new WebSocketPair())
    if (server) this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client ?? null })
  }

  override async webSocketMessage(socket: WebSocket, message: string) {
    await (await ask(spanOf(this).fetch, this.env)).text()
    socket.send(`${message} yourself`)
  }
}

class LibraryEntrypoint extends WorkerEntrypoint<Env> {
  async find(query: string, _trace: SpanCarrier) {
    await (await ask(spanOf(this).fetch, this.env)).text()
    return [query]
  }

  override async fetch(request: Request) {
    await (await ask(spanOf(this).fetch, this.env)).text()
    return new Response(request.headers.get('traceparent'))
  }
}

export const Counter = instrument(CounterObject)
export const Library = instrument(LibraryEntrypoint)

type Route = (request: Request, env: Env) => unknown

const ROUTES: Record<string, Route> = {
  '/class': () => ({
    name: Counter.name,
    length: Counter.length,
    kind: Counter.kind,
    isSubclass: Counter.prototype instanceof CounterObject,
    methods: Object.keys(Counter.prototype),
  }),
  '/ask': (request, { COUNTER }) => COUNTER.getByName('one').ask('Why?', spanOf(request).export()),
  '/both': (_request, { COUNTER }) => COUNTER.getByName('one').both(),
  '/plain': async (_request, { COUNTER }) => {
    const stub = COUNTER.getByName('one')
    return { sum: await stub.add(20, 22), total: typeof (await stub.total) }
  },
  '/inherited': (_request, { COUNTER }) => COUNTER.getByName('one').inherited('status'),
  '/words': async (_request, { COUNTER }) =>
    new Response(await COUNTER.getByName('one').words()).text(),
  '/fail': async (_request, { COUNTER }) => {
    const error = await COUNTER.getByName('one')
      .fail()
      .catch((error: unknown) => error)
    return String(error)
  },
  '/wake': (_request, { COUNTER }) => COUNTER.getByName('one').wake(),
  '/concurrent': async (_request, { COUNTER }) => {
    const stub = COUNTER.getByName('many')
    return Promise.all(['a', 'b', 'c', 'd'].map((name) => stub.ask(name)))
  },
  '/library': (request, { LIBRARY }) => LIBRARY.find('refunds', spanOf(request).export()),
  '/service': async (request, { LIBRARY }) => {
    const library = wrapBinding(LIBRARY, { parent: spanOf(request) })
    const body = { method: 'POST', body: 'text' }
    return Promise.all([
      library.fetch('https://library/one').then((reply) => reply.text()),
      library.fetch(new Request('https://library/two', body)).then((reply) => reply.text()),
    ])
  },
  '/object': async (request, { COUNTER }) => {
    const stub = wrapBinding(COUNTER.getByName('one'), { parent: spanOf(request) })
    return (await stub.fetch('https://counter/look', { headers: { a: 'b' } })).text()
  },
  '/elsewhere': async (request, { ELSEWHERE }) => {
    const found = await ELSEWHERE.find('carrots', spanOf(request).export())
    const library = wrapBinding(ELSEWHERE, { parent: spanOf(request) })
    return [found, await (await library.fetch('https://library/shelf')).text()]
  },
  '/awaited': async (request, { COUNTER }) => {
    const stub = COUNTER.getByName('one')
    return spanOf(request).span('add', () => stub.add(20, 22))
  },
  '/passed': async (_request, { COUNTER }) => {
    const passed = carrot.trace('passed', ({ stub }: { stub: object }) => typeof stub)
    return passed({ stub: COUNTER.getByName('one') })
  },
}

export default instrument({
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/socket') return env.COUNTER.getByName('socket').fetch(request)
    return Response.json((await ROUTES[pathname]?.(request, env)) ?? null)
  },
})
