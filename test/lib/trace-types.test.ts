import { createTracer, memory, trace as traceOfPackage, type MethodDecorator } from 'carrot-trace'
import { describe, expect, expectTypeOf, it } from 'vitest'

const recorded = memory()
const { trace, span } = createTracer({ exporters: [recorded] })

// Each type that a wrapper easily loses. What is proven is proven by the compiler: `npm run types`.

const sync = (a: string, b?: number) => `${a} ${b}`
const later = async (a: string) => a.length
const generic = <Value>(value: Value, ...more: Value[]) => [value, ...more]
const isText = (value: unknown): value is string => typeof value === 'string'
function ofThis(this: { base: number }, a: number): number {
  return this.base + a
}
function overloaded(a: string): string
function overloaded(a: number): Promise<number>
function overloaded(a: string | number): string | Promise<number> {
  return typeof a === 'string' ? a : Promise.resolve(a)
}
function* counting(): Generator<number, string, boolean> {
  return (yield 1) ? 'yes' : 'no'
}
async function* streaming(): AsyncGenerator<string, void, undefined> {
  yield 'a'
}
const responding = async (request: Request) => new Response(request.body)
const withProperties = Object.assign((a: string) => a, { limit: 3 })

describe('the type of a traced function', () => {
  it('is that of the function, in all three forms', () => {
    expectTypeOf(trace(sync)).toEqualTypeOf(sync)
    expectTypeOf(trace('name', sync)).toEqualTypeOf(sync)
    expectTypeOf(trace({ tags: ['t'] }, sync)).toEqualTypeOf(sync)
    expectTypeOf(traceOfPackage).toEqualTypeOf(trace)
    expectTypeOf(span('name', () => later('a'))).toEqualTypeOf<Promise<number>>()
    expect(trace(sync)('a', 1)).toBe('a 1')
  })

  it('stays generic', () => {
    const traced = trace(generic)
    expectTypeOf(traced).toEqualTypeOf(generic)
    expectTypeOf(traced('a')).toEqualTypeOf<string[]>()
    expectTypeOf(traced<number | string>(1, 'a')).toEqualTypeOf<(number | string)[]>()
    expect(traced(1, 2)).toEqual([1, 2])
  })

  it('keeps overloads', () => {
    const traced = trace('overloaded', overloaded)
    expectTypeOf(traced).toEqualTypeOf(overloaded)
    expectTypeOf(traced('a')).toEqualTypeOf<string>()
    expectTypeOf(traced(1)).toEqualTypeOf<Promise<number>>()
    expect(traced('a')).toBe('a')
  })

  it('keeps this, which has to fit', () => {
    const traced = trace(ofThis)
    expectTypeOf(traced).toEqualTypeOf(ofThis)
    expectTypeOf(traced).thisParameter.toEqualTypeOf<{ base: number }>()
    // @ts-expect-error -- there is no `base` in it
    expect(traced.call({}, 1)).toBeNaN()
  })

  it('keeps what a predicate tells', () => {
    const traced = trace(isText)
    const value: unknown = 'a'
    if (traced(value)) expectTypeOf(value).toEqualTypeOf<string>()
    expect(traced(value)).toBe(true)
  })

  it('keeps generators, with what they yield, return and take', async () => {
    expectTypeOf(trace(counting)()).toEqualTypeOf<Generator<number, string, boolean>>()
    expectTypeOf(trace(streaming)()).toEqualTypeOf<AsyncGenerator<string, void, undefined>>()
    for await (const text of trace('streaming', streaming)()) {
      expectTypeOf(text).toEqualTypeOf<string>()
      expect(text).toBe('a')
    }
  })

  it('keeps handlers of requests', async () => {
    const traced = trace({ kind: 'workflow' }, responding)
    expectTypeOf(traced).toEqualTypeOf(responding)
    const request = new Request('https://example.com', { method: 'POST', body: 'a' })
    expect(await (await traced(request)).text()).toBe('a')
  })

  it('keeps properties', () => {
    const traced = trace(withProperties)
    expectTypeOf(traced).toEqualTypeOf(withProperties)
    expectTypeOf(traced.limit).toEqualTypeOf<number>()
    expect(traced.limit).toBe(3)
  })

  it('lets the function say what is recorded of it', () => {
    const traced = trace({ input: (a: string) => a.length, output: (b: string) => b[0] }, sync)
    expectTypeOf(traced).toEqualTypeOf(sync)
    expect(traced('a', 2)).toBe('a 2')
  })
})

class Bot {
  #base = 1

  @trace
  bare<Value>(value: Value): Value {
    return value
  }

  @trace('by name')
  async named(a: string): Promise<number> {
    return this.#base + a.length
  }

  overloaded(a: string): string
  overloaded(a: number): number
  @trace({ kind: 'agent', tags: ['t'] })
  overloaded(a: string | number): string | number {
    return a
  }

  @trace
  async *stream(): AsyncGenerator<string, void, undefined> {
    yield `${this.#base}`
  }

  @trace('static')
  static create(this: typeof Bot): Bot {
    return new Bot()
  }
}

describe('the type of a traced method', () => {
  it('is that of the method, in all three forms', async () => {
    const bot = Bot.create()
    expectTypeOf(bot.bare<'a'>).toEqualTypeOf<(value: 'a') => 'a'>()
    expectTypeOf(bot.named).toEqualTypeOf<(a: string) => Promise<number>>()
    expectTypeOf(bot.overloaded('a')).toEqualTypeOf<string>()
    expectTypeOf(bot.overloaded(1)).toEqualTypeOf<number>()
    expectTypeOf(bot.stream()).toEqualTypeOf<AsyncGenerator<string, void, undefined>>()
    expectTypeOf(Bot.create).returns.toEqualTypeOf<Bot>()
    expectTypeOf(trace('name')).toEqualTypeOf<MethodDecorator>()
    expectTypeOf(trace({ tags: [] })).toEqualTypeOf<MethodDecorator>()
    expect([bot.bare(1), await bot.named('ab'), bot.overloaded('a')]).toEqual([1, 3, 'a'])
  })
})

/** What the compiler refuses; each says at run time what is wrong, so that none of it is ever run. */
function refused(): unknown {
  class Wrong {
    // @ts-expect-error -- a field is no method
    @trace
    field = 1

    // @ts-expect-error -- an accessor is no method
    @trace('name')
    get accessor() {
      return 1
    }
  }

  // @ts-expect-error -- a class is no method
  @trace({ tags: [] })
  class Whole extends Bot {}

  return [
    Wrong,
    Whole,
    // @ts-expect-error -- there is no such option
    trace({ nam: 'misspelt' }, sync),
    // @ts-expect-error -- there is no such kind
    trace({ kind: 'dance' }, sync),
    // @ts-expect-error -- a name and nothing to trace
    trace('name', 7),
    // @ts-expect-error -- nothing to trace
    trace(),
    // @ts-expect-error -- the arguments are those of the function
    trace(sync)(1),
  ]
}

describe('what the compiler refuses', () => {
  it('is refused by trace as well', () => {
    expect(refused).toThrow('experimentalDecorators')
  })
})
