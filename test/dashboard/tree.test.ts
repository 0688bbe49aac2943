import { describe, expect, it } from 'vitest'
import { axis, bar } from '../../worker/dashboard/trace/axis.ts'
import { totals } from '../../worker/dashboard/trace/totals.ts'
import { tree, type TreeRow } from '../../worker/dashboard/trace/tree.ts'
import { answerQuestion, brokenTrace, runningTrace } from './support/samples.ts'
import { call, NOW, sketch, type SpanSketch } from './support/spans.ts'

const outline = (rows: readonly TreeRow[]) =>
  rows.map(
    (row) => `${'  '.repeat(row.level - 1)}${row.type === 'group' ? row.reason : row.span.name}`,
  )

const treeOf = (steps: readonly SpanSketch[]) => tree(sketch('t', 0, steps))

describe('tree', () => {
  it('puts steps under their parents, siblings in order of their start', () => {
    const steps = [
      { name: 'late', in: 'root', at: 9 },
      { name: 'root' },
      { name: 'inner', in: 'early', at: 5 },
      { name: 'early', in: 'root', at: 2 },
    ]
    expect(outline(treeOf(steps))).toEqual(['root', '  early', '    inner', '  late'])
  })

  it('keeps steps whose parent is missing, and steps that go in circles', () => {
    expect(outline(tree(brokenTrace()))).toEqual([
      'ingestDocuments',
      '  chunk',
      'missing',
      '  embed',
      '    normalise',
      'circle',
      '  chicken',
      '    egg',
      '  ouroboros',
    ])
  })

  it('counts positions, siblings and children for every row', () => {
    const facts = tree(brokenTrace()).map((row) => [row.position, row.siblings, row.children])
    expect(facts).toEqual([
      [1, 3, 1],
      [1, 1, 0],
      [2, 3, 1],
      [1, 1, 1],
      [1, 1, 0],
      [3, 3, 2],
      [1, 2, 1],
      [1, 1, 0],
      [2, 2, 0],
    ])
  })

  it('takes the first steps as the top where the trace began elsewhere', () => {
    expect(
      outline(
        treeOf([
          { name: 'a', in: 'remote' },
          { name: 'b', in: 'a' },
        ]),
      ),
    ).toEqual(['a', '  b'])
  })

  it('shows every step once where two records claim one span id', () => {
    const [first, second] = sketch('t', 0, [{ name: 'a' }, { name: 'b', in: 'a' }])
    if (!first || !second) throw new Error('Two steps were asked for')
    const twin = { ...second, id: 'other', name: 'twin' }
    expect(outline(tree([first, second, twin]))).toEqual(['a', '  b', '  twin'])
  })

  it('follows a chain of 20,000 parents', () => {
    const steps = Array.from({ length: 20_000 }, (_, index): SpanSketch => {
      return index === 0 ? { name: '0' } : { name: `${index}`, in: `${index - 1}`, at: index }
    })
    expect(treeOf(steps).at(-1)?.level).toBe(20_000)
  })

  it('is empty for no steps', () => {
    expect(tree([])).toEqual([])
  })
})

describe('axis', () => {
  it('spans all steps, with round numbers on it', () => {
    const spans = answerQuestion(0)
    const { startUs, endUs, ticks } = axis(spans, NOW)
    expect(endUs - startUs).toBe(1_200_000)
    expect(ticks.map((tick) => tick.offsetUs)).toEqual([0, 500_000, 1_000_000])
  })

  it('reaches to now while a step runs, and not when it has been silent for long', () => {
    const spans = runningTrace(9000)
    expect(axis(spans, NOW).endUs).toBe(NOW * 1000)
    expect(axis(spans, NOW + 86_400_000).endUs).toBeLessThan(NOW * 1000)
  })

  it('places a bar and the wait for the first token', () => {
    const spans = sketch('t', 0, [
      { name: 'root', took: 1000 },
      { name: 'call', in: 'root', at: 250, took: 500, call: call({ firstTextMs: 100 }) },
    ])
    expect(spans.map((span) => bar(span, axis(spans, NOW)))).toEqual([
      { at: 0, width: 100, head: 0, failed: [] },
      { at: 25, width: 50, head: 10, failed: [] },
    ])
  })

  it('leaves out a wait that is too short to be seen', () => {
    const spans = sketch('t', 0, [
      { name: 'root', took: 100_000 },
      { name: 'call', in: 'root', took: 500, call: call({ firstTextMs: 100 }) },
    ])
    expect(spans.map((span) => bar(span, axis(spans, NOW)).head)).toEqual([0, 0])
  })

  it('keeps an instant visible, also at the very end', () => {
    const spans = sketch('t', 0, [
      { name: 'root', took: 1000 },
      { name: 'end', in: 'root', at: 1000 },
    ])
    expect(spans.map((span) => bar(span, axis(spans, NOW))).at(-1)).toEqual({
      at: 99.6,
      width: 0.4,
      head: 0,
      failed: [],
    })
  })

  it('places the attempts that failed before the last, which the bar is of', () => {
    const attempts = [
      { startMs: 0, endMs: 100, ended: 'error' as const, status: 429 },
      { startMs: 200, endMs: 250, ended: 'cancelled' as const },
    ]
    const last = { startMs: 300, firstTextMs: 350, endMs: 500 }
    const spans = sketch('t', 0, [
      { name: 'root', took: 1000 },
      { name: 'call', in: 'root', at: 250, took: 500, call: call({ attempts, ...last }) },
    ])
    expect(spans.map((span) => bar(span, axis(spans, NOW))).at(-1)).toEqual({
      at: 55,
      width: 20,
      head: 5,
      failed: [
        { at: 25, width: 10 },
        { at: 45, width: 5 },
      ],
    })
  })
})

describe('totals', () => {
  it('adds up the calls, and a parent that repeats their sums is not counted again', () => {
    const [root, ...rest] = answerQuestion(0)
    if (!root) throw new Error('The sample has a root')
    const sum = totals([{ ...root, inputTokens: 150, outputTokens: 42 }, ...rest])
    expect(sum).toMatchObject({ inputTokens: 150, outputTokens: 42, calls: 1, steps: 3 })
  })

  it('says that nobody counted, where nobody did', () => {
    const [root, ...rest] = runningTrace()
    if (!root) throw new Error('The sample has a root')
    expect(totals([root, ...rest])).toMatchObject({ inputTokens: null, durationUs: null })
  })
})
