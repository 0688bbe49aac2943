import { describe, expect, it } from 'vitest'
import { MAX_NAMED, NEWS_EVERY_MS, RECENT_MS } from '../../worker/store/live.ts'
import { newsroom } from '../../worker/store/newsroom.ts'

/** A newsroom with a clock of its own. */
function room(isHeard = () => true) {
  const told: unknown[] = []
  const due: { action: () => void; atMs: number }[] = []
  let nowMs = 1_000_000
  const news = newsroom({
    isHeard,
    tell: (message) => told.push(JSON.parse(message)),
    now: () => nowMs,
    later: (action, afterMs) => due.push({ action, atMs: nowMs + afterMs }),
  })
  return {
    ...news,
    told,
    due,
    pass(ms: number) {
      nowMs += ms
      for (const { action } of due.splice(0).filter(({ atMs }) => atMs <= nowMs)) action()
    },
  }
}

const named = (...traces: string[]) => ({ traces, others: false })

describe('newsroom', () => {
  it('tells the first change at once, and those that follow closely in one message', () => {
    const { note, told, pass } = room()
    note(['a'])
    expect(told).toEqual([named('a')])
    for (const trace of ['b', 'c', 'b']) note([trace])
    expect(told).toHaveLength(1)
    pass(NEWS_EVERY_MS)
    expect(told).toEqual([named('a'), named('b', 'c')])
  })

  it('is quiet again after a pause in which nothing changed', () => {
    const { note, told, due, pass } = room()
    note(['a'])
    pass(NEWS_EVERY_MS)
    expect(due).toEqual([])
    note(['b'])
    expect(told).toEqual([named('a'), named('b')])
  })

  it('names no more traces than fit, and says that there are others', () => {
    const { note, told } = room()
    const many = Array.from({ length: MAX_NAMED + 1 }, (_, index) => `${index}`)
    note(many)
    expect(told).toEqual([{ traces: many.slice(0, MAX_NAMED), others: true }])
  })

  it('says so of a record whose trace is not known by name', () => {
    const { note, told } = room()
    note([null])
    expect(told).toEqual([{ traces: [], others: true }])
  })

  it('waits for nothing while nobody listens', () => {
    const { note, told, due } = room(() => false)
    note(['a'])
    expect([told, due]).toEqual([[], []])
  })

  it('remembers for who comes what changed a moment ago, and no longer', () => {
    const { note, recent, pass } = room(() => false)
    expect(recent()).toBeUndefined()
    note(['a'])
    pass(RECENT_MS - 1)
    note(['b'])
    expect(JSON.parse(recent() ?? '')).toEqual(named('a', 'b'))
    pass(2 * RECENT_MS)
    expect(recent()).toBeUndefined()
  })
})
