import { describe, expect, expectTypeOf, it } from 'vitest'
import { createTracer, memory, TraceError, type SpanRecord, type Tracer } from '../../src/index.ts'

function recording(): { tracer: Tracer; records: readonly SpanRecord[] } {
  const exporter = memory()
  return { tracer: createTracer({ exporters: [exporter] }), records: exporter.records }
}

const brief = ({ name, status, input, output, kind }: SpanRecord) => ({
  name,
  status,
  input,
  output,
  kind,
})

describe('trace', () => {
  it('records a function by its name, its parameters and what it returns', async () => {
    const { tracer, records } = recording()
    const answerQuestion = tracer.trace(async function answerQuestion(
      question: string,
      limit: number,
    ) {
      return `${question} ${limit}`
    })
    expect(await answerQuestion('How?', 3)).toBe('How? 3')
    expect(records.map(brief)).toEqual([
      {
        name: 'answerQuestion',
        status: 'success',
        kind: 'workflow',
        input: { question: 'How?', limit: 3 },
        output: 'How? 3',
      },
    ])
  })

  it('takes a name, or options', () => {
    const { tracer, records } = recording()
    tracer.trace('my-pipeline', () => 1)()
    tracer.trace(
      {
        name: 'other',
        tags: ['production'],
        metadata: { version: '2' },
        kind: 'agent',
        params: ['q'],
      },
      ({ length }: string) => length,
    )('abc')
    expect(records).toMatchObject([
      { name: 'my-pipeline', tags: [], output: 1 },
      {
        name: 'other',
        tags: ['production'],
        metadata: { version: '2' },
        kind: 'agent',
        input: { q: 'abc' },
        output: 3,
      },
    ])
  })

  it('keeps type, this, name and length', () => {
    const { tracer } = recording()
    const original = function sum(this: { base: number }, a: number, b: number): number {
      return this.base + a + b
    }
    const traced = tracer.trace(original)
    expectTypeOf(traced).toEqualTypeOf(original)
    expect(traced.call({ base: 1 }, 2, 3)).toBe(6)
    expect([traced.name, traced.length]).toEqual(['sum', 2])
  })

  it('lets one object stand as the input, and names nothing wrongly', () => {
    const { tracer, records } = recording()
    tracer.trace(({ id }: { id: number }) => id)({ id: 7 })
    tracer.trace((a: number, ...more: number[]) => a + more.length)(1, 2)
    expect(records.map(({ input }) => input)).toEqual([{ id: 7 }, { args: [1, 2] }])
  })

  it('records of input and output what it is told to', () => {
    const { tracer, records } = recording()
    tracer.trace({ name: 'none', input: false, output: false }, (secret: string) => secret)('x')
    tracer.trace(
      { name: 'some', input: (a: string) => a.length, output: (r: string) => r[0] },
      (a: string) => a,
    )('xyz')
    expect(records.map(({ input, output }) => ({ input, output }))).toEqual([
      { input: undefined, output: undefined },
      { input: 3, output: 'x' },
    ])
  })

  it('stays synchronous where the function is', () => {
    const { tracer } = recording()
    expect(tracer.trace(() => 42)()).toBe(42)
  })

  it('records what is thrown, with its causes, and throws the same object', async () => {
    const { tracer, records } = recording()
    const error = new RangeError('too far', { cause: new Error('the wind') })
    const fail = tracer.trace('fail', () => {
      throw error
    })
    expect(fail).toThrow(error)
    const rejected = tracer.trace('reject', async () => {
      throw error
    })
    await expect(rejected()).rejects.toBe(error)
    expect(records).toMatchObject(
      ['fail', 'reject'].map((name) => ({
        name,
        status: 'error',
        error: {
          type: 'RangeError',
          message: 'too far',
          cause: { type: 'Error', message: 'the wind' },
        },
      })),
    )
  })

  it('leaves a rejection that nobody handles unhandled, once', async () => {
    const { tracer } = recording()
    const unhandled: unknown[] = []
    const listeners = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', (reason) => unhandled.push(reason))
    const error = new Error('nobody cares')
    void tracer.trace(async () => {
      throw error
    })()
    await new Promise((resolve) => setImmediate(resolve))
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
    expect(unhandled).toEqual([error])
  })

  it('gives a promise of another kind back as the object it is, and starts nothing early', async () => {
    const { tracer, records } = recording()
    let started = 0
    class Lazy {
      then(resolve: (value: number) => unknown) {
        started += 1
        return Promise.resolve(resolve(7))
      }
      extra() {
        return 'kept'
      }
    }
    const lazy = tracer.trace('lazy', () => new Lazy())()
    expect([lazy instanceof Lazy, lazy.extra(), started, records.length]).toEqual([
      true,
      'kept',
      0,
      0,
    ])
    expect(await lazy).toBe(7)
    expect([started, records[0]?.output]).toEqual([1, 7])
  })

  it('follows a generator to its end, in its own context', async () => {
    const { tracer, records } = recording()
    const words = tracer.trace(async function* words() {
      yield 'a'
      tracer.span('inside', () => {})
      yield 'b'
    })
    const seen = []
    for await (const word of words()) seen.push(word)
    const [inside, outside] = records
    expect(seen).toEqual(['a', 'b'])
    expect(outside).toMatchObject({ name: 'words', output: 'ab' })
    expect(inside?.trace.parentSpanId).toBe(outside?.trace.spanId)
  })

  it('has all of a text that comes in many pieces', async () => {
    const { tracer, records } = recording()
    const pieces = Array.from({ length: 1500 }, (_, index) => `${index} `)
    const generated = tracer.trace(async function* generated() {
      yield* pieces
    })
    for await (const _ of generated());
    const streamed = tracer.trace(
      'streamed',
      () =>
        new ReadableStream<string>({
          start(controller) {
            for (const piece of pieces) controller.enqueue(piece)
            controller.close()
          },
        }),
    )
    for await (const _ of streamed());
    expect(records.map(({ output }) => output)).toEqual([pieces.join(''), pieces.join('')])
  })

  it('says how many of other pieces were left out, and how much of a text without end', () => {
    const { tracer, records } = recording()
    const numbers = tracer.trace(function* numbers() {
      for (let number = 0; number < 1500; number += 1) yield number
    })
    for (const _ of numbers());
    const long = tracer.trace(function* long() {
      for (let piece = 0; piece < 30; piece += 1) yield 'x'.repeat(100_000)
    })
    for (const _ of long());
    expect(JSON.stringify(records[0]?.output)).toContain('501 more')
    expect(JSON.stringify(records[1]?.output)).toMatch(/more( characters)?\]"$/)
    expect(JSON.stringify(records).length).toBeLessThan(2_500_000)
  })

  it('ends with a generator that is left early', () => {
    const { tracer, records } = recording()
    const numbers = tracer.trace(function* numbers() {
      yield 1
      yield 2
    })
    for (const _ of numbers()) break
    expect(records).toMatchObject([{ name: 'numbers', status: 'success', output: [1] }])
  })

  it('gives a Response of the application headers that can be changed still', () => {
    const { tracer } = recording()
    const reply = tracer.span('reply', () => new Response('hello'))
    reply.headers.set('x-later', 'yes')
    const sent: Headers = Reflect.get(Response.prototype, 'headers', reply)
    expect(sent.get('x-later')).toBe('yes')
  })

  it('ends with the stream of a Response, and hands on its bytes', async () => {
    const { tracer, records } = recording()
    const handler = tracer.trace(
      'handler',
      () => new Response('hello', { status: 201, headers: { a: 'b' } }),
    )
    const response = handler()
    expect(records).toEqual([])
    expect([response.status, response.headers.get('a'), await response.text()]).toEqual([
      201,
      'b',
      'hello',
    ])
    expect(records).toMatchObject([{ output: '[Response 201, 5 bytes]' }])
  })

  it('ends with a stream of values', async () => {
    const { tracer, records } = recording()
    const source = () =>
      new ReadableStream<string>({
        start(controller) {
          for (const text of ['a', 'b']) controller.enqueue(text)
          controller.close()
        },
      })
    const seen = []
    for await (const text of tracer.trace('stream', source)()) seen.push(text)
    expect(seen).toEqual(['a', 'b'])
    expect(records).toMatchObject([{ output: 'ab' }])
  })

  it('nests, recurs and runs side by side', async () => {
    const { tracer, records } = recording()
    const countdown: (n: number) => Promise<number> = tracer.trace(
      'countdown',
      async (n: number) => {
        await Promise.resolve()
        return n === 0 ? 0 : countdown(n - 1)
      },
    )
    await Promise.all([countdown(2), countdown(2)])
    const roots = records.filter((record) => !record.trace.parentSpanId)
    expect(roots).toHaveLength(2)
    for (const root of roots) {
      expect(records.filter((record) => record.trace.traceId === root.trace.traceId)).toHaveLength(
        3,
      )
    }
  })

  it('says what is wrong with how it is used', () => {
    const { tracer } = recording()
    const use =
      (...args: unknown[]) =>
      () =>
        Reflect.apply(tracer.trace, undefined, args)
    expect(use({ nam: 'x' }, () => {})).toThrow('There is no option "nam". The options are')
    expect(use({ Name: 'x' }, () => {})).toThrow('Write "name"')
    expect(use({ tags: 'x' }, () => {})).toThrow(
      'The option "tags" has to be an array of strings; found string.',
    )
    expect(use(7)).toThrow('trace() takes a function')
    expect(use({ method() {} }, 'method', {})).toThrow('experimentalDecorators')
  })
})

describe('span', () => {
  it('runs the block and records what it is told, or else what the block returns', () => {
    const { tracer, records } = recording()
    expect(tracer.span('a', () => 1)).toBe(1)
    tracer.span('b', { kind: 'retriever', input: 'q', tags: ['t'], userId: 'u' }, (s) => {
      s.set({ output: 'told', metadata: { hits: 2 }, tags: ['more'] })
      return 'returned'
    })
    expect(records).toMatchObject([
      { name: 'a', output: 1 },
      {
        name: 'b',
        kind: 'retriever',
        input: 'q',
        output: 'told',
        tags: ['t', 'more'],
        metadata: { hits: 2 },
        userId: 'u',
      },
    ])
  })

  it('hands user and session down', () => {
    const { tracer, records } = recording()
    tracer.span('outer', { userId: 'u', sessionId: 's' }, () => tracer.span('inner', () => {}))
    expect(records[0]).toMatchObject({ name: 'inner', userId: 'u', sessionId: 's' })
  })

  it('continues a trace that began elsewhere', () => {
    const { tracer, records } = recording()
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    tracer.span('a', { parent }, () => {})
    tracer.span('b', { parent: new Headers({ traceparent: parent }) }, () => {})
    const trace = { traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' }
    expect(records).toMatchObject([{ trace }, { trace }])
  })

  it('tells of a wrong option and goes on without it', () => {
    const told: TraceError[] = []
    const exporter = memory()
    const tracer = createTracer({ exporters: [exporter], onError: (error) => told.push(error) })
    const options: object = { kind: 'dance', tags: ['kept'] }
    expect(tracer.span('a', options, () => 1)).toBe(1)
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      [
        'invalid_option',
        expect.stringContaining('The option "kind" has to be one of workflow, agent'),
      ],
    ])
    expect(exporter.records).toMatchObject([{ kind: 'workflow', tags: ['kept'] }])
  })

  it('knows the span that is running', () => {
    const { tracer } = recording()
    expect(tracer.currentSpan()).toBeUndefined()
    tracer.span('a', (s) => expect(tracer.currentSpan()).toBe(s))
  })

  it('ends once, by hand or with its block', () => {
    const { tracer, records } = recording()
    const step = tracer.startSpan('by hand', { input: 1 })
    step.set({ output: 2 })
    step.end()
    step.fail(new Error('too late'))
    step[Symbol.dispose]()
    tracer.startSpan('failed').fail(new Error('no'))
    expect(records).toMatchObject([
      { name: 'by hand', status: 'success', input: 1, output: 2 },
      { name: 'failed', status: 'error', error: { message: 'no' } },
    ])
  })
})
