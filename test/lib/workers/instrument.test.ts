import { memory, span, type Span } from 'carrot-trace'
import { instrument, spanOf, wrapBinding } from 'carrot-trace/workers'
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'

const recorded = memory()
const options = { exporters: [recorded] }

/** As the platform gives it: `waitUntil` needs its object, and nothing may be hung onto it. */
function execution() {
  const waited: Promise<unknown>[] = []
  const ctx = Object.freeze({
    waitUntil(this: unknown, promise: Promise<unknown>) {
      if (this !== ctx) throw new TypeError('Illegal invocation')
      waited.push(promise)
    },
  })
  return { ctx, waited }
}

const step = () => span('step', () => 1)
const paths = () => recorded.records.map(({ name, status }) => `${name}: ${status}`)

beforeEach(() => {
  recorded.clear()
})

describe('instrument', () => {
  it('hands everything on as it is, and back', async () => {
    const request = new Request('https://desk.example/a')
    const env = {}
    const { ctx } = execution()
    const reply = new Response('a file')
    const seen: unknown[] = []
    const handler = {
      async fetch(...args: [Request, object, object]) {
        seen.push(this, ...args)
        step()
        return reply
      },
    }
    expect(await instrument(handler, options).fetch(request, env, ctx)).toBe(reply)
    expect(seen).toEqual([handler, request, env, ctx])
    expect(seen.map((each, at) => each === [handler, request, env, ctx][at])).not.toContain(false)
    expect(paths()).toEqual(['step: success', 'GET /a: success'])
  })

  it('leaves a handler that answers at once one that does', () => {
    const reply = new Response('')
    const handler = instrument({ fetch: (_request: Request) => reply }, options)
    expect(handler.fetch(new Request('https://desk.example'))).toBe(reply)
  })

  it('keeps what else an object has, and the object itself', () => {
    const other = Symbol('other')
    const handler = {
      [other]: 1,
      version: 2,
      get next() {
        return this.version + 1
      },
      async fetch() {
        return new Response('')
      },
    }
    const before = handler.fetch
    const instrumented = instrument(handler, options)
    expect({ ...instrumented, fetch: 0 }).toEqual({ [other]: 1, version: 2, next: 3, fetch: 0 })
    expect(handler.fetch).toBe(before)
  })

  it('keeps what an instance of a class has, private members included', async () => {
    class Application {
      readonly #answer = '42'
      answer() {
        return this.#answer
      }
      async fetch(_request: Request) {
        return new Response(this.answer())
      }
    }
    const instrumented = instrument(new Application(), options)
    expect(instrumented).toBeInstanceOf(Application)
    const reply = await instrumented.fetch(new Request('https://desk.example'))
    expect(await reply.text()).toBe('42')
  })

  it('asks the platform to wait only where something is recorded', async () => {
    const quiet = execution()
    const busy = execution()
    const handler = instrument(
      {
        async fetch({ url }: Request, _env: object, _ctx: object) {
          if (url.endsWith('/busy')) step()
          return new Response('')
        },
      },
      { ...options, name: 'quiet or busy' },
    )
    await handler.fetch(new Request('https://desk.example/quiet'), {}, quiet.ctx)
    await handler.fetch(new Request('https://desk.example/busy'), {}, busy.ctx)
    expect([quiet.waited.length, busy.waited.length > 0]).toEqual([0, true])
    await Promise.all(busy.waited)
    expect(paths()).toEqual(['step: success', 'quiet or busy: success'])
  })

  it('records every invocation where that is wanted', async () => {
    const handler = { fetch: async (_request: Request) => new Response('') }
    await instrument(handler, { ...options, always: true }).fetch(new Request('https://a.example'))
    expect(paths()).toEqual(['GET /: success'])
  })

  it('does not make an encoded reply anew', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const body = new ReadableStream({ start: (controller) => controller.close() })
    const reply = new Response(body, { headers })
    const handler = { fetch: async (_request: Request) => reply }
    expect(await instrument(handler, options).fetch(new Request('https://a.example'))).toBe(reply)
  })

  it('does not wait for a body that nobody asked for', async () => {
    const reply = new Response(new ReadableStream({ pull: () => {} }))
    const handler = { fetch: async (_request: Request) => (step(), reply) }
    const head = new Request('https://a.example/head', { method: 'HEAD' })
    expect(await instrument(handler, options).fetch(head)).toBe(reply)
    expect(paths()).toEqual(['step: success', 'HEAD /head: success'])
  })

  it('leaves headers of a reply that is followed to be changed', async () => {
    const body = new ReadableStream({ start: (controller) => controller.close() })
    const handler = { fetch: async (_request: Request) => new Response(body) }
    const reply = await instrument(handler, options).fetch(new Request('https://a.example'))
    reply.headers.set('x-later', 'yes')
    const sent: Headers = Reflect.get(Response.prototype, 'headers', reply)
    expect(sent.get('x-later')).toBe('yes')
  })

  it('leaves the tails of other Workers alone, unless told', async () => {
    const tail = async (_events: object[]) => void step()
    await instrument({ tail }, options).tail([])
    expect(paths()).toEqual(['step: success'])
    recorded.clear()
    await instrument({ tail }, { ...options, tail: true }).tail([])
    expect(paths()).toEqual(['step: success', 'tail: success'])
  })

  it('records messages, or not what they say', async () => {
    const batch = { queue: 'letters', messages: [{ id: '1', attempts: 1, body: { text: 'Hi' } }] }
    const queue = async (_batch: object) => void step()
    await instrument({ queue }, options).queue(batch)
    await instrument({ queue }, { ...options, input: false }).queue(batch)
    const batches = recorded.records.filter(({ name }) => name === 'queue letters')
    expect(batches.map(({ input }) => input)).toEqual([batch, undefined])
  })

  it('makes options of env once', async () => {
    const make = vi.fn(({ STAGE }: { STAGE: string }) => ({ ...options, environment: STAGE }))
    const handler = instrument(
      {
        async fetch(_request: Request, _env: { STAGE: string }) {
          return new Response(spanOf(_request).traceId && '')
        },
      },
      make,
    )
    const env = { STAGE: 'test' }
    for (const path of ['a', 'b'])
      await handler.fetch(new Request(`https://a.example/${path}`), env)
    expect(make).toHaveBeenCalledExactlyOnceWith(env)
  })

  it('runs the handler, and says so, where options of env cannot be used', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const handler = instrument({ fetch: async (_request: Request) => new Response('a') }, () => {
      throw new RangeError('no such variable')
    })
    const reply = await handler.fetch(new Request('https://a.example'))
    expect(await reply.text()).toBe('a')
    expect(warn.mock.calls.flat().join()).toContain('The options of instrument() cannot be used')
    warn.mockRestore()
  })

  it.each([
    [{ servce: 'a' }, /There is no option "servce"/],
    [{ incoming: 'never' }, /"incoming" has to be 'continue' or 'ignore'/],
    [7, /have to be an object, or a function that makes one of env; found 7/],
  ])('throws for options that are wrong: %j', (wrong, words) => {
    const handler = { fetch: async () => new Response('') }
    expect(() => Reflect.apply(instrument, undefined, [handler, wrong])).toThrow(words)
  })

  it('throws for what is neither handlers nor a class', () => {
    expect(() => Reflect.apply(instrument, undefined, ['fetch'])).toThrow(
      /takes an object with handlers or a class; found string/,
    )
  })

  it('gives the type that it is given, and its env to options', () => {
    interface Env {
      KEY: string
    }
    const handler = {
      async fetch(_request: Request, _env: Env) {
        return new Response('')
      },
    }
    class Entry {
      readonly env: Env
      constructor(_ctx: object, env: Env) {
        this.env = env
      }
    }
    expectTypeOf(instrument(handler)).toEqualTypeOf<typeof handler>()
    expectTypeOf(instrument(Entry)).toEqualTypeOf<typeof Entry>()
    instrument(handler, (env) => {
      expectTypeOf(env).toEqualTypeOf<Env>()
      return { service: env.KEY }
    })
    instrument(Entry, ({ KEY }) => ({ service: KEY }))
    // @ts-expect-error -- an option that there is not
    expect(() => instrument(handler, { servce: 'a' })).toThrow()
    expectTypeOf(spanOf(handler)).toEqualTypeOf<Span>()
  })
})

describe('instrument(class)', () => {
  /** As Durable Objects were written first. */
  class Desk {
    #asked = 0
    readonly ctx: object
    constructor(ctx: object, _env: object) {
      this.ctx = ctx
    }
    ask(_trace: object, question: string) {
      return span('answer', () => `${question} ${(this.#asked += 1)}`)
    }
    put(_letter: { text: string; trace?: object }) {
      return span('keep', () => 1)
    }
    set asked(count: number) {
      this.#asked = count
    }
  }
  const trace = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }

  it('takes a plain class, and the name of a span wherever it stands among the arguments', () => {
    const { ctx } = execution()
    const desk = new (instrument(Desk, options))(ctx, {})
    expect([desk.ask(trace, 'Why?'), desk.ctx]).toEqual(['Why? 1', ctx])
    expect(recorded.records[1]).toMatchObject({
      name: 'Desk.ask',
      input: { question: 'Why?' },
      output: 'Why? 1',
      trace: { traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) },
    })
  })

  it('finds it inside of an argument', () => {
    const desk = new (instrument(Desk, options))({}, {})
    desk.put({ text: 'Hi', trace })
    expect(recorded.records[1]).toMatchObject({
      input: { text: 'Hi' },
      trace: { traceId: 'a'.repeat(32) },
    })
  })

  it('can be extended', () => {
    class Other extends instrument(Desk, options) {
      again() {
        return this.ask(trace, 'again')
      }
    }
    const other = new Other({}, {})
    other.asked = 7
    expect([other.again(), other instanceof Desk, Other.name]).toEqual(['again 8', true, 'Other'])
  })
})

describe('wrapBinding', () => {
  class Binding {
    #word = 'one'
    get word() {
      return this.#word
    }
    set word(word: string) {
      this.#word = word
    }
    say() {
      return this.#word
    }
  }

  it('leaves accessors and methods of the binding to it', () => {
    const binding = wrapBinding(new Binding())
    binding.word = 'two'
    expect([binding.word, binding.say(), binding instanceof Binding]).toEqual(['two', 'two', true])
  })

  it('leaves what cannot be changed as it is', () => {
    const fixed = Object.freeze({ fetch: async () => new Response('a'), version: 1 })
    expect(wrapBinding(fixed).fetch).toBe(fixed.fetch)
    expect(wrapBinding(fixed).version).toBe(1)
  })

  it('says so where there is none', () => {
    expect(() => Reflect.apply(wrapBinding, undefined, [undefined])).toThrow(
      /takes a binding of env; is it in the configuration of the Worker\? Found undefined/,
    )
  })
})

describe('spanOf', () => {
  it('records what is done in something that was never called with, and says so once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    spanOf({}).span('inner', () => 1)
    expect(paths()).toEqual(['invocation: success', 'inner: success'])
    warn.mockRestore()
  })
})
