import { describe, expect, it } from 'vitest'
import { neighbours } from '../../worker/dashboard/trace/neighbours.ts'
import type { TraceQuery } from '../../worker/store/query.ts'
import { memoryStore } from './support/memory-store.ts'
import { app } from './support/server.ts'
import { NOW, sketch, traceIdOf } from './support/spans.ts'

const one = (name: string, secondsAgo: number, tag = 'all') =>
  sketch(name, secondsAgo * 1000, [{ name, took: 5, tags: [tag] }])

const spans = [
  ...one('first', 90),
  ...one('odd 1', 80, 'odd'),
  ...one('even 1', 70),
  ...one('odd 2', 60, 'odd'),
  ...Array.from({ length: 25 }, (_, number) => one(`equal ${number}`, 50)).flat(),
  ...one('odd 3', 40, 'odd'),
  ...sketch('last', 30_000, [
    { name: 'last', at: 10, took: 5 },
    { name: 'early', in: 'last', took: 1 },
  ]),
]
const store = memoryStore(() => spans)
const startUs = (secondsAgo: number) => (NOW - secondsAgo * 1000) * 1000

async function beside(name: string, secondsAgo: number, question: TraceQuery = {}) {
  const here = { traceId: traceIdOf(name), startUs: startUs(secondsAgo) }
  const { newer, older } = await neighbours(store, 'demo', question, here)
  return [newer?.name, older?.name]
}

const ODD: TraceQuery = { terms: [{ field: 'tag', values: ['odd'] }] }

describe('neighbours', () => {
  it('are the traces that started just after and just before', async () => {
    expect(await beside('even 1', 70)).toEqual(['odd 2', 'odd 1'])
    expect(await beside('first', 90)).toEqual(['odd 1', undefined])
    expect(await beside('last', 30)).toEqual([undefined, 'odd 3'])
  })

  it('are those of a search, and of its time', async () => {
    expect(await beside('odd 2', 60, ODD)).toEqual(['odd 3', 'odd 1'])
    expect(await beside('odd 1', 80, ODD)).toEqual(['odd 2', undefined])
    expect(await beside('odd 3', 40, ODD)).toEqual([undefined, 'odd 2'])
    const during = { ...ODD, fromUs: startUs(65), toUs: startUs(45) }
    expect(await beside('odd 2', 60, during)).toEqual([undefined, undefined])
    // Of one that the search does not find, too.
    expect(await beside('even 1', 70, ODD)).toEqual(['odd 2', 'odd 1'])
  })

  it('pass each of those that started at once, one after the other, and back', async () => {
    const seen: string[] = []
    let here = { traceId: traceIdOf('odd 3'), startUs: startUs(40) }
    for (;;) {
      const { older } = await neighbours(store, 'demo', {}, here)
      if (!older) break
      seen.push(older.name)
      const { newer } = await neighbours(store, 'demo', {}, older)
      expect(newer?.traceId).toBe(here.traceId)
      here = older
    }
    expect(seen).toHaveLength(29)
    expect(new Set(seen).size).toBe(29)
  })
})

describe('the page of a trace', () => {
  const visit = async (path: string) => (await app(store).request(path)).text()
  const ways = (html: string) =>
    [...html.matchAll(/<a href="([^"]*)" rel="(prev|next)" title="([^"]*)"/g)].map((way) =>
      way.slice(1),
    )

  it('leads on to its neighbours, each with its name and time', async () => {
    expect(ways(await visit(`/traces/${traceIdOf('even 1')}`))).toEqual([
      [`/traces/${traceIdOf('odd 2')}`, 'prev', 'odd 2, 2026-11-23 13:04:00 UTC'],
      [`/traces/${traceIdOf('odd 1')}`, 'next', 'odd 1, 2026-11-23 13:03:40 UTC'],
    ])
    expect(await visit(`/traces/${traceIdOf('last')}`)).toContain(
      '<span class="note">newest</span>',
    )
    expect(await visit(`/traces/${traceIdOf('first')}`)).toContain(
      '<span class="note">oldest</span>',
    )
  })

  it('keeps the search that it was opened from, in every link', async () => {
    const list = await visit('/traces?q=tag:odd')
    const address = `/traces/${traceIdOf('odd 2')}?in=q%3Dtag%3Aodd`
    expect(list).toContain(`href="${address}"`)
    const html = await visit(address)
    expect(ways(html).map(([to]) => to)).toEqual([
      `/traces/${traceIdOf('odd 3')}?in=q%3Dtag%3Aodd`,
      `/traces/${traceIdOf('odd 1')}?in=q%3Dtag%3Aodd`,
    ])
    expect(html).toContain('<a href="/traces?q=tag:odd">← Found: tag:odd</a>')
    expect(html).toMatch(/\/spans\/[0-9a-f-]+\?in=q%3Dtag%3Aodd"/)
  })

  it('leaves out a search that is too long, or none', async () => {
    for (const within of [`q=${'x'.repeat(300)}`, 'https://evil.example', 'before=1']) {
      const html = await visit(`/traces/${traceIdOf('odd 2')}?in=${encodeURIComponent(within)}`)
      expect(html).not.toContain('in=')
      expect(html).toContain('<a href="/traces">← All traces</a>')
    }
  })
})
