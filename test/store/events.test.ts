import { describe, expect, it, vi } from 'vitest'
import { liveStore } from '../../worker/live/events.ts'
import { LISTEN_MS, MAX_LISTENERS, NEWS_EVERY_MS } from '../../worker/store/live.ts'
import { change, traceId } from './changes.ts'
import { memoryStore } from './node-store.ts'

const request = new Request('http://localhost/v1/live')
const said = (...traces: string[]) => `data: ${JSON.stringify({ traces, others: false })}\n\n`

function opened() {
  const { store, live } = liveStore(memoryStore())
  return {
    store,
    live,
    async listen(project = 'mine') {
      const response = await live.open(project, request)
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      if (!reader) throw new Error(`nobody may listen: ${response.status}`)
      return {
        response,
        next: async () => (await reader.read()).value,
        leave: () => reader.cancel(),
      }
    },
  }
}

describe('liveStore', () => {
  it('tells who listens which trace was written to, once it is there', async () => {
    const { store, listen } = opened()
    const { response, next, leave } = await listen()
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await next()).toBe(':\n\n')
    await store.write('mine', [change(1, { traceId: traceId(1) })])
    expect(await next()).toBe(said(traceId(1)))
    expect(await store.trace('mine', traceId(1))).toHaveLength(1)
    await leave()
  })

  it('tells what was removed', async () => {
    const { store, listen } = opened()
    await store.write('mine', [change(1, { traceId: traceId(1) })])
    const { next, leave } = await listen()
    expect(await next()).toBe(said(traceId(1))) // of a moment ago
    await store.remove('mine', { traces: [traceId(1)] })
    expect(await next()).toBe(said(traceId(1)))
    await leave()
  })

  it('tells nobody of another project', async () => {
    const { store, listen } = opened()
    const mine = await listen()
    await mine.next()
    await store.write('other', [change(1, { traceId: traceId(1) })])
    await store.write('mine', [change(2, { traceId: traceId(2) })])
    expect(await mine.next()).toBe(said(traceId(2)))
    await mine.leave()
  })

  it('lets a bounded number listen, and another when one has left', async () => {
    const { live, listen } = opened()
    const first = await listen()
    const others = await Promise.all(Array.from({ length: MAX_LISTENERS - 1 }, () => listen()))
    const refused = await live.open('mine', request)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
    await first.leave()
    const next = await listen()
    for (const { leave } of [...others, next]) await leave()
  })

  it('lets go who does not read, and says something now and then to who does', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'setInterval', 'clearInterval'] })
    try {
      const { store, live, listen } = opened()
      const deaf = await live.open('mine', request)
      const { next, leave } = await listen()
      expect(await next()).toBe(':\n\n')
      for (let number = 1; number <= 20; number += 1) {
        await store.write('mine', [change(number, { traceId: traceId(number) })])
        vi.advanceTimersByTime(NEWS_EVERY_MS)
        expect(await next()).toBe(said(traceId(number)))
      }
      const heard = await deaf.text()
      expect(heard).toContain(said(traceId(1)))
      expect(heard).not.toContain(said(traceId(20)))
      vi.advanceTimersByTime(25_000)
      expect(await next()).toBe(':\n\n')
      vi.setSystemTime(Date.now() + LISTEN_MS)
      vi.advanceTimersByTime(25_000)
      expect(await next()).toBeUndefined()
      await leave()
    } finally {
      vi.useRealTimers()
    }
  })

  it('leaves a write that fails untold', async () => {
    const refused = () => Promise.reject(new Error('full'))
    const { store, live } = liveStore({ ...memoryStore(), write: refused })
    await expect(store.write('mine', [change(1)])).rejects.toThrow('full')
    const response = await live.open('mine', request)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe(':\n\n')
    await reader?.cancel()
  })
})
