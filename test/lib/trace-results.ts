/**
 * What functions can give back, and what callers do with it: done with the function itself and with
 * the traced one, which nobody may be able to tell apart.
 *
 * @module
 */

import { runInNewContext } from 'node:vm'
import type { ErrorRecord, SpanRecord } from 'carrot-trace'

export type AnyFunction = (...args: never[]) => unknown

export interface Case {
  name: string
  fn: AnyFunction
  /** What the caller does, and sees. */
  use(call: (...args: unknown[]) => unknown): unknown
  /** What its record says when all is done. */
  record: Pick<SpanRecord, 'status'> & { output?: unknown; error?: ErrorRecord }
}

const ok = (output: unknown) => ({ status: 'success' as const, output })
const SILENT = { status: 'success' as const }
const failed = (type: string, message: string) => ({
  status: 'error' as const,
  error: { type, message },
})

const error = new RangeError('too far')
const FAILED = failed('RangeError', 'too far')

/** As clients have: a promise with methods of its own. */
class Answer<Value> extends Promise<Value> {
  asText(): string {
    return 'text'
  }
}

/** As clients have: what starts its work when it is awaited. */
function lazily(settle: () => unknown): PromiseLike<unknown> & { started: number } {
  const lazy = {
    started: 0,
    then(onOk: (value: unknown) => unknown, onError: (error: unknown) => unknown) {
      lazy.started += 1
      return Promise.resolve().then(settle).then(onOk, onError)
    },
  }
  return lazy as unknown as PromiseLike<unknown> & { started: number } // as loosely typed as clients' own
}

function streamOf<Item>(items: readonly Item[], failure?: unknown): ReadableStream<Item> {
  const left = items.values()
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next()
      if (!done) return controller.enqueue(value)
      if (failure) controller.error(failure)
      else controller.close()
    },
  })
}

function bytes(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    type: 'bytes',
    start(controller) {
      controller.enqueue(new TextEncoder().encode('bytes'))
      controller.close()
      controller.byobRequest?.respond(0)
    },
  })
}

async function readAll(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const seen = []
  for await (const item of stream) seen.push(item)
  return seen
}

function* counting(): Generator<string, string, string> {
  const first = yield 'a'
  try {
    const second = yield `b after ${first}`
    yield `c after ${second}`
  } catch {
    yield 'caught'
  }
  return 'returned'
}

async function* slowly(): AsyncGenerator<string, string, string> {
  return yield* counting()
}

const as = <Value>(value: unknown): Value => value as Value // by whom the case is written it is known

const PLAIN: readonly Case[] = [
  { name: 'a value', fn: () => 42, use: (call) => call(), record: ok(42) },
  { name: 'nothing', fn: () => undefined, use: (call) => call(), record: SILENT },
  {
    name: 'what depends on this and on arguments',
    fn(this: { base: number }, ...more: number[]) {
      return more.reduce((sum, each) => sum + each, this.base)
    },
    use: (call) => Reflect.apply(call, { base: 1 }, [2, 3]),
    record: ok(6),
  },
  {
    name: 'an error that is thrown',
    fn() {
      throw error
    },
    use: (call) => call(),
    record: FAILED,
  },
  {
    name: 'a text that is thrown',
    fn() {
      // oxlint-disable-next-line typescript/only-throw-error -- people do
      throw 'text'
    },
    use: (call) => call(),
    record: failed('_OTHER', 'text'),
  },
  {
    name: 'nothing, which is thrown',
    fn() {
      // oxlint-disable-next-line typescript/only-throw-error -- people do
      throw undefined
    },
    use: (call) => call(),
    record: failed('_OTHER', 'undefined'),
  },
]

const PROMISES: readonly Case[] = [
  { name: 'a promise', fn: async () => 'later', use: (call) => call(), record: ok('later') },
  {
    name: 'a promise that is rejected',
    fn: () => Promise.reject(error),
    use: (call) => call(),
    record: FAILED,
  },
  {
    name: 'a promise of a class of its own',
    fn: () => Answer.resolve('later'),
    async use(call) {
      const answer = as<Answer<string>>(call())
      return [answer instanceof Answer, answer.asText(), await answer]
    },
    record: ok('later'),
  },
  {
    name: 'a promise of another realm, awaited there',
    fn: () => runInNewContext('globalThis.answer = Promise.resolve(7)'),
    use: (call) => runInNewContext('(async () => await call())()', { call }),
    record: ok(7),
  },
  {
    name: 'what starts when it is awaited',
    fn: () => lazily(() => 'later'),
    async use(call) {
      const lazy = as<ReturnType<typeof lazily>>(call())
      return [lazy.started, await lazy, lazy.started]
    },
    record: ok('later'),
  },
  {
    name: 'what starts when it is awaited, twice',
    fn: () => lazily(() => 'later'),
    async use(call) {
      const lazy = as<ReturnType<typeof lazily>>(call())
      return [await lazy, await lazy, lazy.started]
    },
    record: ok('later'),
  },
  {
    name: 'what fails when it is awaited',
    fn: () => lazily(() => Promise.reject(error)),
    use: async (call) => await as<Promise<unknown>>(call()),
    record: FAILED,
  },
  {
    name: 'a promise of a stream',
    fn: async () => streamOf(['a', 'b']),
    use: async (call) => readAll(as(await call())),
    record: ok('ab'),
  },
  {
    name: 'a promise of a generator',
    fn: async () => counting(),
    use: async (call) => [...as<Iterable<string>>(await call())],
    record: ok('returned'),
  },
]

const GENERATORS: readonly Case[] = [
  {
    name: 'a generator read to its end',
    fn: counting,
    use: (call) => [...as<Iterable<string>>(call())],
    record: ok('returned'),
  },
  {
    name: 'a generator that is sent values',
    fn: counting,
    use(call) {
      const generator = as<Generator<string, string, string>>(call())
      return ['0', '1', '2', '3'].map((value) => generator.next(value))
    },
    record: ok('returned'),
  },
  {
    name: 'a generator left early',
    fn: counting,
    use(call) {
      for (const item of as<Iterable<string>>(call())) return item
      return undefined
    },
    record: ok('a'),
  },
  {
    name: 'a generator ended by return',
    fn: counting,
    use(call) {
      const generator = as<Generator<string, string, string>>(call())
      return [generator.next(), generator.return('early'), generator.next()]
    },
    record: ok('early'),
  },
  {
    name: 'a generator that an error is thrown into, which catches it',
    fn: counting,
    use(call) {
      const generator = as<Generator<string, string, string>>(call())
      return [
        generator.next(),
        generator.next('1'),
        generator.throw(error),
        generator.next(),
        generator.next(),
      ]
    },
    record: ok('returned'),
  },
  {
    name: 'a generator that an error is thrown into, which does not',
    fn: counting,
    use: (call) => as<Generator>(call()).throw(error),
    record: FAILED,
  },
  {
    name: 'a generator that fails',
    *fn() {
      yield 'a'
      throw error
    },
    use: (call) => [...as<Iterable<string>>(call())],
    record: FAILED,
  },
  {
    name: 'an async generator read to its end',
    fn: slowly,
    async use(call) {
      const seen = []
      for await (const item of as<AsyncIterable<string>>(call())) seen.push(item)
      return seen
    },
    record: ok('returned'),
  },
  {
    name: 'an async generator that is asked ahead',
    fn: slowly,
    use(call) {
      const generator = as<AsyncGenerator<string, string, string>>(call())
      return Promise.all(['0', '1', '2', '3', '4'].map((value) => generator.next(value)))
    },
    record: ok('returned'),
  },
  {
    name: 'an async generator whose reader fails',
    fn: slowly,
    async use(call) {
      for await (const _item of as<AsyncIterable<string>>(call())) throw error
    },
    record: ok('a'),
  },
  {
    name: 'an async generator that fails',
    async *fn() {
      yield 'a'
      throw error
    },
    async use(call) {
      for await (const _item of as<AsyncIterable<string>>(call()));
    },
    record: FAILED,
  },
]

const STREAMS: readonly Case[] = [
  {
    name: 'a stream of values',
    fn: () => streamOf([1, { two: 2 }]),
    use: (call) => readAll(as(call())),
    record: ok([1, { two: 2 }]),
  },
  {
    name: 'a stream that is cancelled',
    fn: () => streamOf(['a', 'b', 'c']),
    async use(call) {
      const reader = as<ReadableStream<string>>(call()).getReader()
      const first = await reader.read()
      await reader.cancel('enough')
      return [first, await reader.read()]
    },
    record: ok('[ReadableStream, 0 bytes, cancelled]'),
  },
  {
    name: 'a stream that fails',
    fn: () => streamOf(['a'], error),
    use: (call) => readAll(as(call())),
    record: FAILED,
  },
  {
    name: 'a stream that somebody reads already',
    fn() {
      const stream = streamOf(['a'])
      stream.getReader()
      return stream
    },
    use: (call) => as<ReadableStream>(call()).locked,
    record: SILENT,
  },
  {
    name: 'a stream of bytes, read into a buffer of the reader',
    fn: bytes,
    async use(call) {
      const reader = as<ReadableStream>(call()).getReader({ mode: 'byob' })
      const { value } = await reader.read(new Uint8Array(9))
      return [value, await reader.read(new Uint8Array(9))]
    },
    record: ok('[ReadableStream, 5 bytes]'),
  },
  {
    name: 'a Response',
    fn: () => new Response('hello', { status: 201, headers: { a: 'b' } }),
    async use(call) {
      const response = as<Response>(call())
      return [response.status, response.headers.get('a'), await response.text(), response.bodyUsed]
    },
    record: ok('[Response 201, 5 bytes]'),
  },
  {
    name: 'a Response without a body',
    fn: () => new Response(null, { status: 204 }),
    use: (call) => as<Response>(call()).body,
    record: SILENT,
  },
  {
    name: 'a Response that is let go of',
    fn: () => new Response(streamOf([new Uint8Array(3), new Uint8Array(4)])),
    async use(call) {
      const reader = as<Response>(call()).body?.getReader()
      const first = await reader?.read()
      await reader?.cancel()
      return first
    },
    record: ok('[Response 200, 3 bytes, cancelled]'),
  },
  {
    name: 'a Response whose body fails',
    fn: () => new Response(streamOf([new Uint8Array(3)], error)),
    use: (call) => as<Response>(call()).text(),
    record: FAILED,
  },
  {
    name: 'a Response that is copied',
    fn: async () => new Response('twice'),
    async use(call) {
      const response = as<Response>(await call())
      const copy = response.clone()
      return [await response.text(), await copy.text()]
    },
    record: ok('[Response 200, 5 bytes]'),
  },
]

export const CASES: readonly Case[] = [...PLAIN, ...PROMISES, ...GENERATORS, ...STREAMS]
