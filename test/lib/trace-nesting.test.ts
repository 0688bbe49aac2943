import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { describe, expect, it } from 'vitest'

function recording() {
  const recorded = memory()
  const tracer = createTracer({ exporters: [recorded] })
  /** Every record by its path from the root, in the order of the alphabet. */
  const paths = () => recorded.records.map((record) => pathOf(record, recorded.records)).toSorted()
  return { tracer, paths }
}

function pathOf(record: SpanRecord, records: readonly SpanRecord[]): string {
  const parent = records.find(({ trace }) => trace.spanId === record.trace.parentSpanId)
  return parent ? `${pathOf(parent, records)} > ${record.name}` : record.name
}

describe('trace', () => {
  it('nests a function in itself, at once and later', async () => {
    const { tracer, paths } = recording()
    const now: (n: number) => number = tracer.trace('now', (n: number) => (n ? now(n - 1) : 0))
    const later: (n: number) => Promise<number> = tracer.trace('later', async (n: number) => {
      await Promise.resolve()
      return n ? later(n - 1) : 0
    })
    now(2)
    await later(2)
    expect(paths()).toEqual(
      ['now', 'later']
        .flatMap((name) => [name, `${name} > ${name}`, `${name} > ${name} > ${name}`])
        .toSorted(),
    )
  })

  it('nests functions that call each other', async () => {
    const { tracer, paths } = recording()
    const even: (n: number) => Promise<boolean> = tracer.trace('even', async (n: number) =>
      n === 0 ? true : odd(n - 1),
    )
    const odd: (n: number) => Promise<boolean> = tracer.trace('odd', async (n: number) =>
      n === 0 ? false : even(n - 1),
    )
    expect(await even(3)).toBe(false)
    expect(paths()).toEqual(['even', 'even > odd', 'even > odd > even', 'even > odd > even > odd'])
  })

  it('keeps calls of one function apart that run at the same time and end in another order', async () => {
    const { tracer, paths } = recording()
    const names = ['a', 'b', 'c']
    const open: (() => void)[] = []
    const work = tracer.trace('work', async (name: string) => {
      await new Promise<void>((resolve) => open.push(resolve))
      tracer.span(name, () => {})
    })
    const done = names.map((name) => tracer.span(`for ${name}`, () => work(name)))
    for (const go of open.toReversed()) go()
    await Promise.all(done)
    expect(paths()).toEqual(
      names
        .flatMap((name) => [`for ${name}`, `for ${name} > work`, `for ${name} > work > ${name}`])
        .toSorted(),
    )
  })

  it.each([
    [
      'generators',
      (names: (name: string) => void) =>
        function* (name: string) {
          names(name)
          yield 1
          names(name)
          yield 2
        },
    ],
    [
      'async generators',
      (names: (name: string) => void) =>
        async function* (name: string) {
          names(name)
          yield 1
          await Promise.resolve()
          names(name)
          yield 2
        },
    ],
  ])(
    'keeps apart %s of one function that are pulled by turns, wherever that is',
    async (_, make) => {
      const { tracer, paths } = recording()
      const inside = (name: string) => tracer.span(`in ${name}`, () => {})
      const walk = tracer.trace('walk', make(inside))
      const [one, two] = [tracer.span('x', () => walk('one')), walk('two')]
      for (let turn = 0; turn < 3; turn += 1) {
        await tracer.span('elsewhere', async () => [await one.next(), await two.next()])
      }
      expect(paths()).toEqual([
        'elsewhere',
        'elsewhere',
        'elsewhere',
        'walk',
        'walk > in two',
        'walk > in two',
        'x',
        'x > walk',
        'x > walk > in one',
        'x > walk > in one',
      ])
    },
  )

  it('keeps its parent while a stream is pulled, wherever that is', async () => {
    const { tracer, paths } = recording()
    const words = tracer.trace('words', () => {
      const left = ['a', 'b'].values()
      return new ReadableStream<string>(
        {
          pull(controller) {
            const { done, value } = left.next()
            tracer.span(`pull ${value ?? 'end'}`, () => {})
            if (done) controller.close()
            else controller.enqueue(value)
          },
        },
        { highWaterMark: 0 },
      )
    })
    const reader = words().getReader()
    await tracer.span('elsewhere', async () => {
      while (!(await reader.read()).done);
    })
    expect(paths()).toEqual([
      'elsewhere',
      'words',
      'words > pull a',
      'words > pull b',
      'words > pull end',
    ])
  })

  it('keeps what the function carries beside its code', () => {
    const { tracer } = recording()
    const limited = Object.assign((a: number) => a, { limit: 3 })
    expect(tracer.trace(limited).limit).toBe(3)
  })
})
