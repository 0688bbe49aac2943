import { createTracer, memory } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import type { Case } from './results/case.ts'
import { GENERATORS } from './results/generators.ts'
import { PLAIN } from './results/plain.ts'
import { PROMISES } from './results/promises.ts'
import { STREAMS } from './results/streams.ts'

const CASES: readonly Case[] = [...PLAIN, ...PROMISES, ...GENERATORS, ...STREAMS]

type Outcome = { value: unknown } | { thrown: unknown }

/** What a caller sees of it in the end. */
async function outcome(use: () => unknown): Promise<Outcome> {
  try {
    return { value: await use() }
  } catch (thrown) {
    return { thrown }
  }
}

async function both({ fn, use }: Case) {
  const recorded = memory()
  const tracer = createTracer({ exporters: [recorded] })
  const native = await outcome(() => use(fn as () => unknown))
  const traced = await outcome(() => use(tracer.trace('traced', fn) as () => unknown))
  return { native, traced, records: recorded.records }
}

describe('trace', () => {
  it.each(CASES)('gives what the function gives: $name', async (each) => {
    const { native, traced } = await both(each)
    expect(traced).toEqual(native)
    if ('thrown' in native && 'thrown' in traced) expect(traced.thrown).toBe(native.thrown)
  })

  it.each(CASES)('records once how it ended: $name', async (each) => {
    const { records } = await both(each)
    expect(records).toHaveLength(1)
    expect(records).toMatchObject([each.record])
  })
})
