import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../worker/dashboard/compare/align.ts'
import { onlyDifferent } from '../../worker/dashboard/compare/comparison.ts'
import { compared } from '../../worker/dashboard/compare/differences.ts'
import { common, paired, pageEffort } from '../../worker/dashboard/compare/sequence.ts'
import { compareTexts } from '../../worker/dashboard/compare/texts.ts'
import { tree } from '../../worker/dashboard/trace/tree.ts'
import type { SpanRow } from '../../worker/store/store.ts'
import { longTrace } from './support/samples.ts'
import { call, sketch, type SpanSketch } from './support/spans.ts'

const rowsOf = (a: readonly SpanSketch[], b: readonly SpanSketch[]) =>
  align(sketch('a', 0, a), sketch('b', 0, b), pageEffort()).rows

const outline = (a: readonly SpanSketch[], b: readonly SpanSketch[]) =>
  rowsOf(a, b).map((row) => {
    const indent = '  '.repeat(row.level - 1)
    if (row.type === 'group') return `${indent}${row.reason}`
    const { a, b } = row.pair
    return `${indent}${a?.name ?? '–'} | ${b?.name ?? '–'}`
  })

const stepsOf = (spans: readonly SpanRow[]) =>
  tree(spans).flatMap((row) => (row.type === 'step' ? row.span.id : []))

/** Any steps under any of the others, or under one that never arrived, or in circles. */
const steps = fc.array(
  fc.record({
    name: fc.constantFrom('plan', 'search', 'answer', 'chat gpt', 'chat claude'),
    kind: fc.constantFrom('tool', 'generation'),
    under: fc.integer({ min: -1, max: 12 }),
    at: fc.nat(5),
  }),
  { maxLength: 12 },
)
const anyTrace = (name: string) =>
  steps.map((all) =>
    sketch(
      name,
      0,
      all.map(({ name, kind, under, at }, index): SpanSketch => {
        const step: SpanSketch = { name, kind, at, as: `${index}` }
        return under < 0 ? step : { ...step, in: `${under}` }
      }),
    ),
  )

describe('align', () => {
  it('has every step of both traces exactly once, each in the order of its own tree', () => {
    fc.assert(
      fc.property(anyTrace('a'), anyTrace('b'), fc.boolean(), (a, b, isSpent) => {
        const { rows } = align(a, b, isSpent ? { left: 0 } : pageEffort())
        const ids = (side: 'a' | 'b') =>
          rows.flatMap((row) => (row.type === 'steps' ? (row.pair[side]?.id ?? []) : []))
        expect(ids('a')).toEqual(stepsOf(a))
        expect(ids('b')).toEqual(stepsOf(b))
      }),
    )
  })

  it('pairs all of a trace with itself', () => {
    fc.assert(
      fc.property(anyTrace('a'), (a) => {
        const marks = align(a, a, pageEffort()).rows.map((row) => compared(row).mark)
        expect(marks.every((mark) => mark === 'same')).toBe(true)
      }),
    )
  })

  it('pairs siblings by kind and name, and leaves alone what the other does not have', () => {
    const a = [
      { name: 'root' },
      { name: 'plan', in: 'root', at: 1 },
      { name: 'search', in: 'root', at: 2 },
      { name: 'read', in: 'search', at: 3 },
      { name: 'answer', in: 'root', at: 4 },
    ]
    const b = [
      { name: 'root' },
      { name: 'plan', in: 'root', at: 1 },
      { name: 'answer', in: 'root', at: 2 },
      { name: 'notify', in: 'root', at: 3 },
    ]
    expect(outline(a, b)).toEqual([
      'root | root',
      '  plan | plan',
      '  search | –',
      '    read | –',
      '  answer | answer',
      '  – | notify',
    ])
  })

  it('pairs the same call of another model, whose name says the model', () => {
    const one = (model: string) => [
      { name: 'root' },
      { name: `chat ${model}`, kind: 'generation' as const, in: 'root', model },
    ]
    expect(outline(one('gpt-5-mini'), one('claude'))).toEqual([
      'root | root',
      '  chat gpt-5-mini | chat claude',
    ])
  })

  it('pairs the one step that each trace is, whatever it is called', () => {
    expect(outline([{ name: 'old' }], [{ name: 'new' }])).toEqual(['old | new'])
  })

  it('keeps steps without a place under a group of their own', () => {
    const broken = [{ name: 'root' }, { name: 'lost', in: 'nowhere', at: 1 }]
    expect(outline(broken, [{ name: 'root' }])).toEqual(['root | root', 'missing', '  lost | –'])
  })

  it('says so when siblings are too many and too different, and leaves none out', () => {
    const many = (word: string): SpanSketch[] => [
      { name: 'root' },
      ...Array.from({ length: 4000 }, (_, index): SpanSketch => {
        const isShared = index % 10 === 0
        const name = isShared ? `shared ${index}` : `${word} ${index}`
        return { name, in: 'root', at: index }
      }),
    ]
    const { rows, isRough } = align(
      sketch('a', 0, many('a')),
      sketch('b', 0, many('b')),
      pageEffort(),
    )
    expect(isRough).toBe(true)
    const both = rows.filter((row) => row.type === 'steps' && row.pair.a && row.pair.b)
    expect(both).toHaveLength(401)
  })

  it('pairs two traces of 10,000 steps', () => {
    const { rows, isRough } = align(longTrace(10_000), longTrace(9990, 0), pageEffort())
    expect([rows.length, isRough]).toEqual([10_000, false])
  })

  it('follows a chain of 20,000 steps', () => {
    const chain = Array.from({ length: 20_000 }, (_, index): SpanSketch => {
      return index === 0 ? { name: '0' } : { name: `${index}`, in: `${index - 1}`, at: index }
    })
    expect(rowsOf(chain, chain.slice(0, 100)).at(-1)?.level).toBe(20_000)
  })
})

describe('what differs between two steps', () => {
  const markOf = (a: SpanSketch, b: SpanSketch) => rowsOf([a], [b]).map(compared)

  it('is nothing where only the time they took does', () => {
    expect(markOf({ name: 'x', took: 5 }, { name: 'x', took: 900 })).toMatchObject([
      { mark: 'same', differences: [] },
    ])
  })

  it('is model, status, finish, tokens and parameters, each by name', () => {
    const step: SpanSketch = { name: 'chat', kind: 'generation', model: 'm', inputTokens: 5 }
    const a = { ...step, call: call({ params: { temperature: 0.2, maxTokens: 9 } }) }
    const b: SpanSketch = {
      ...step,
      model: 'n',
      status: 'error',
      inputTokens: null,
      call: call({ finish: 'length', params: { maxTokens: 9, topP: 1 } }),
    }
    expect(markOf(a, b)[0]?.differences).toEqual([
      { what: 'model', a: 'm', b: 'n' },
      { what: 'status', a: 'success', b: 'error' },
      { what: 'tokens in', a: '5', b: undefined },
      { what: 'finish', a: 'stop', b: 'length' },
      { what: 'temperature', a: '0.2', b: undefined },
      { what: 'topP', a: undefined, b: '1' },
    ])
  })
})

describe('only what differs', () => {
  it('keeps what differs and the steps that it lies in', () => {
    const a = [
      { name: 'root' },
      { name: 'plan', in: 'root', at: 1 },
      { name: 'think', in: 'plan', at: 2 },
      { name: 'act', in: 'root', at: 3 },
      { name: 'call', in: 'act', at: 4, model: 'm' },
    ]
    const b = a.map((step) => (step.name === 'call' ? { ...step, model: 'n' } : step))
    const names = onlyDifferent(rowsOf(a, b).map(compared)).map((row) =>
      row.type === 'steps' ? row.pair.a?.name : row.reason,
    )
    expect(names).toEqual(['root', 'act', 'call'])
  })
})

describe('what two lists have in common', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 })

  it('is in both, in order, and with the rest makes up both', () => {
    fc.assert(
      fc.property(list, list, fc.constantFrom(0, 100, 1e6), (a, b, left) => {
        const { pairs } = paired(a, b, (item) => item, { left })
        expect(pairs.flatMap((pair) => pair.a ?? [])).toEqual(a)
        expect(pairs.flatMap((pair) => pair.b ?? [])).toEqual(b)
        for (const pair of pairs) if (pair.a && pair.b) expect(pair.a).toBe(pair.b)
      }),
    )
  })

  it('is not looked for without end: what was spent is spent', () => {
    const effort = pageEffort()
    const list = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word}${index}`)
    expect(common(list('a'), list('b'), effort).isRough).toBe(true)
    expect(effort.left).toBeLessThan(10_000)
    expect(common(['a', 'b', 'c'], ['a', 'x', 'c'], { left: 0 })).toEqual({
      runs: [
        { side: 'both', count: 1 },
        { side: 'a', count: 1 },
        { side: 'b', count: 1 },
        { side: 'both', count: 1 },
      ],
      isRough: true,
    })
  })
})

describe('what differs between two texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('the', ' ', 'cat', '\n', '漢字', 'ไทย', '🙂', '.', '\r\n'))
      .map((all) => all.join('')),
  )
  const said = (a: string, b: string) =>
    compareTexts(a, b, pageEffort()).pieces.map(({ side, text }) => [side, text])

  it('is all of both, and nothing else', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('words' as const, 'lines' as const),
        fc.constantFrom(0, 1e6),
        (a, b, by, left) => {
          const { pieces } = compareTexts(a, b, { left }, by)
          const without = (side: string) =>
            pieces.map((piece) => (piece.side === side ? '' : piece.text)).join('')
          expect([without('b'), without('a')]).toEqual([a, b])
          if (a === b) expect(pieces.every(({ side }) => side === 'both')).toBe(true)
        },
      ),
    )
  })

  it('is told word by word, and words in a row as one', () => {
    expect(said('Pay within ten days.', 'Pay at once.')).toEqual([
      ['both', 'Pay '],
      ['a', 'within ten days'],
      ['b', 'at once'],
      ['both', '.'],
    ])
  })

  it('is told character by character where words are not set apart', () => {
    expect(said('請求書が二通', '請求書が三通')).toEqual([
      ['both', '請求書が'],
      ['a', '二'],
      ['b', '三'],
      ['both', '通'],
    ])
  })
})
