/**
 * Generators, and what their callers do to them.
 *
 * @module
 */

import { as, counting, error, FAILED, ok, type Case } from './case.ts'

async function* slowly(): AsyncGenerator<string, string, string> {
  return yield* counting()
}

export const GENERATORS: readonly Case[] = [
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
