import { describe, expect, inject, it } from 'vitest'
import { observeStandard } from './observe.ts'
import { knownDifferences, knownUnseen, runtime } from './standard/differences.ts'
import { resultOf } from './standard/verdict.ts'

const verdicts = await observeStandard(inject('wireUrl'))
const known = knownDifferences(runtime())

/** Where Node's own `fetch` is not as the standard says; a check that fails beside is wrong itself. */
const NOT_IN_NODE = [
  'abort: before any read, with a number as reason',
  'abort: before any read, with null as reason',
  'abort: during a read, with a number as reason',
  'abort: during a read, with null as reason',
  'body: text with a second mark',
  'request body: a stream of texts',
  'request body: refused: a view of shared memory',
]

describe('traced fetch', () => {
  it.each(verdicts.filter(({ name }) => !known.includes(name)))(
    'is as fetch is: $name',
    ({ native, traced }) => {
      expect(traced).toEqual(native)
    },
  )

  it('differs from fetch where it is known to, and nowhere else', () => {
    const result = resultOf(verdicts, knownUnseen(runtime()))
    expect(result).toEqual({ differing: known, invalid: [] })
  })

  it('passes every check that fetch passes, the known differences aside', () => {
    const lost = verdicts.filter(({ conforms }) => conforms?.native && !conforms.traced)
    expect(lost.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
  })

  if (runtime() === 'Node') {
    it('is checked by what the standard says, as fetch itself shows', () => {
      const failing = verdicts.filter(({ conforms }) => conforms?.native === false)
      expect(failing.map(({ name }) => name).toSorted()).toEqual(NOT_IN_NODE)
    })
  }

  it('is checked under names of their own', () => {
    const names = verdicts.map(({ name }) => name)
    expect(names.length).toBe(new Set(names).size)
  })
})
