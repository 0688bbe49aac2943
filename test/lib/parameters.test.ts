import { describe, expect, it } from 'vitest'
import { parameterNames } from '../../src/lib/tracer/parameters.ts'

const cases: [source: string, names: string[] | undefined][] = [
  ['(function f(a, b) {})', ['a', 'b']],
  ['(async function (a) {})', ['a']],
  ['(function* f(a,) {})', ['a']],
  ['(async function* f(a) {})', ['a']],
  ['(a, b) => a', ['a', 'b']],
  ['a => a', ['a']],
  ['async a => a', ['a']],
  ['async (a) => a', ['a']],
  ['({ m(a, b) {} }).m', ['a', 'b']],
  ['({ async m(a) {} }).m', ['a']],
  ['({ async *m(a) {} }).m', ['a']],
  ['({ a }) => a', undefined],
  ['(a = 1) => a', undefined],
  ['(...a) => a', undefined],
  ['() => 1', undefined],
  ['Math.max', undefined],
]

describe('parameterNames', () => {
  it.each(cases)('of %s are %j', (source, names) => {
    // oxlint-disable-next-line no-eval -- sources as text, so that no transform changes them
    expect(parameterNames((0, eval)(source))).toEqual(names)
  })
})
