/**
 * Promises, and what is like them.
 *
 * @module
 */

import { createContext, runInContext } from 'node:vm'
import { as, counting, error, FAILED, ok, readAll, streamOf, type Case } from './case.ts'

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

/** Of a frame, or a sandbox. */
const realm = createContext()

export const PROMISES: readonly Case[] = [
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
    fn: () => runInContext('Promise.resolve(7)', realm),
    use: (call) => runInContext('async (call) => await call()', realm)(call),
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
