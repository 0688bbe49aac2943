/**
 * Values, and what is thrown.
 *
 * @module
 */

import { error, failed, FAILED, ok, SILENT, type Case } from './case.ts'

export const PLAIN: readonly Case[] = [
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
