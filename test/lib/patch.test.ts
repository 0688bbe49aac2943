import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { init, memory, patchFetch, wrapFetch, type MemoryExporter } from '../../src/index.ts'

const native = Object.getOwnPropertyDescriptor(globalThis, 'fetch')
const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
const reply = { choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }] }

let exporter: MemoryExporter
let stub: typeof fetch
beforeEach(() => {
  exporter = memory()
  init({ exporters: [exporter] })
  stub = Object.assign(async () => Response.json(reply), { preconnect: () => 'yes' })
  globalThis.fetch = stub
})
afterEach(() => {
  if (native) Object.defineProperty(globalThis, 'fetch', native)
})

/** One call by the global fetch; how many records it left. */
async function recorded(): Promise<number> {
  exporter.clear()
  const response = await globalThis.fetch('https://api.openai.com/v1/chat/completions', {
    method: 'POST',
    body,
  })
  await response.text()
  return exporter.records.length
}

/** Another library's replacement of whatever is there. */
function somebodyElse() {
  const found = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    await Promise.resolve()
    return found(input, { ...init })
  }
  return () => {
    globalThis.fetch = found
  }
}

describe('patchFetch', () => {
  it('records by the global fetch until it is restored', async () => {
    const patch = patchFetch()
    expect(await recorded()).toBe(1)
    patch.restore()
    expect([await recorded(), globalThis.fetch]).toEqual([0, stub])
  })

  it('keeps the descriptor of the property, and the properties of the function', () => {
    Object.defineProperty(globalThis, 'fetch', {
      value: stub,
      enumerable: false,
      configurable: true,
      writable: true,
    })
    const before = Object.getOwnPropertyDescriptor(globalThis, 'fetch')
    const patch = patchFetch()
    const { value, ...during } = Object.getOwnPropertyDescriptor(globalThis, 'fetch') ?? {}
    expect({ ...during, value: stub }).toEqual(before)
    expect(value.preconnect()).toBe('yes')
    patch[Symbol.dispose]()
    expect(Object.getOwnPropertyDescriptor(globalThis, 'fetch')).toEqual(before)
  })

  it('gives back an inherited fetch by removing its own', () => {
    Reflect.deleteProperty(globalThis, 'fetch')
    const prototype: object = Object.getPrototypeOf(globalThis)
    Object.defineProperty(prototype, 'fetch', { value: stub, configurable: true, writable: true })
    const patch = patchFetch()
    expect(globalThis.fetch).not.toBe(stub)
    patch.restore()
    expect([Object.hasOwn(globalThis, 'fetch'), globalThis.fetch]).toEqual([false, stub])
    Reflect.deleteProperty(prototype, 'fetch')
  })

  it('changes nothing when it is called again', async () => {
    const first = patchFetch()
    expect(patchFetch()).toBe(first)
    expect(await recorded()).toBe(1)
    first.restore()
    expect(await recorded()).toBe(0)
  })

  it('stops recording under a replacement by others, and is gone when they are', async () => {
    const patch = patchFetch()
    const undo = somebodyElse()
    expect(await recorded()).toBe(1)
    patch.restore()
    expect(await recorded()).toBe(0)
    undo()
    expect(await recorded()).toBe(0)
  })

  it('goes on when others, who came later, leave first', async () => {
    const patch = patchFetch()
    somebodyElse()()
    expect(await recorded()).toBe(1)
    patch.restore()
    expect(globalThis.fetch).toBe(stub)
  })

  it('can be put back on top of others, and still records a call once', async () => {
    const below = patchFetch()
    const undo = somebodyElse()
    const above = patchFetch()
    expect(await recorded()).toBe(1)
    above.restore()
    undo()
    below.restore()
    expect([await recorded(), globalThis.fetch]).toEqual([0, stub])
  })

  const url = 'https://api.openai.com/v1/chat/completions'
  const SENT: [init: string, sent: RequestInit][] = [
    ['plain', { method: 'POST', body }],
    ['computed', Object.create({ method: 'POST', body })],
  ]
  it.each(SENT)(
    'records once what a wrapped function of the application’s own sends by the global fetch: %s',
    async (_init, sent) => {
      using _patch = patchFetch()
      const seen: unknown[] = []
      const own = wrapFetch(async (input: RequestInfo | URL, init?: RequestInit) => {
        seen.push(init?.method, init?.body)
        await Promise.resolve()
        return globalThis.fetch(input, init)
      })
      await (await own(url, sent)).text()
      expect([seen, exporter.records.length]).toEqual([['POST', body], 1])
    },
  )

  it('says so where fetch cannot be replaced', () => {
    const { defineProperty } = Reflect
    Reflect.defineProperty = () => false
    try {
      expect(patchFetch).toThrow(expect.objectContaining({ code: 'cannot_patch' }))
    } finally {
      Reflect.defineProperty = defineProperty
    }
  })
})
