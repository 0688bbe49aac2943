import { describe, expect, it } from 'vitest'
import { isolate, observe, type Bytes, type StreamEnd } from '../../../src/lib/capture/observe.ts'

const bytes = (text: string): Bytes => new TextEncoder().encode(text)

/** A source that tells what is asked of it. */
function source(chunks: string[], ending: 'close' | 'fail' = 'close') {
  const asked: string[] = []
  const stream = new ReadableStream<Bytes>({
    type: 'bytes', // as the bodies of fetch are
    pull(controller) {
      const next = chunks.shift()
      asked.push(next ?? ending)
      if (next !== undefined) return controller.enqueue(bytes(next))
      if (ending === 'fail') return controller.error(new Error('upstream broke'))
      controller.close()
      if ('byobRequest' in controller) controller.byobRequest?.respond(0)
    },
    cancel(reason) {
      asked.push(`cancel ${reason}`)
    },
  })
  return { stream, asked }
}

function watcher() {
  const seen: string[] = []
  const observer = {
    chunk: (chunk: Uint8Array) => void seen.push(new TextDecoder().decode(chunk)),
    end: (outcome: StreamEnd, error?: unknown) =>
      void seen.push(error instanceof Error ? `${outcome}: ${error.message}` : outcome),
  }
  return { seen, observer }
}

describe('observe', () => {
  it('passes the same bytes in the same chunks', async () => {
    const { seen, observer } = watcher()
    const chunks: string[] = []
    for await (const chunk of observe(source(['a', 'bc', 'd']).stream, observer)) {
      chunks.push(new TextDecoder().decode(chunk))
    }
    expect({ chunks, seen }).toEqual({ chunks: ['a', 'bc', 'd'], seen: ['a', 'bc', 'd', 'closed'] })
  })

  it('reads nothing ahead of its consumer', async () => {
    const { stream, asked } = source(['a', 'b', 'c'])
    const reader = observe(stream, watcher().observer).getReader()
    await reader.read()
    expect(asked).toEqual(['a'])
  })

  it('takes a cancellation upstream, with its reason', async () => {
    const { stream, asked } = source(['a', 'b'])
    const { seen, observer } = watcher()
    const reader = observe(stream, observer).getReader()
    await reader.read()
    await reader.cancel('enough')
    expect({ asked, seen }).toEqual({ asked: ['a', 'cancel enough'], seen: ['a', 'cancelled'] })
  })

  it('fails as the source fails, with the same error', async () => {
    const { seen, observer } = watcher()
    const reader = observe(source(['a'], 'fail').stream, observer).getReader()
    await reader.read()
    await expect(reader.read()).rejects.toThrow('upstream broke')
    expect(seen).toEqual(['a', 'failed: upstream broke'])
  })

  it('serves readers that bring their own buffer', async () => {
    const reader = observe(source(['abc']).stream, watcher().observer).getReader({ mode: 'byob' })
    const { value } = await reader.read(new Uint8Array(2))
    expect(new TextDecoder().decode(value)).toBe('ab')
    expect((await reader.read(new Uint8Array(2))).value).toHaveLength(1)
    expect((await reader.read(new Uint8Array(2))).done).toBe(true)
  })

  it('stays a stream of another kind where the source is one', () => {
    const plain = new ReadableStream<Bytes>()
    expect(() => observe(plain, watcher().observer).getReader({ mode: 'byob' })).toThrow(TypeError)
  })

  it('says that it is closed without being read again, as a body does', async () => {
    let close = () => {}
    const stream = new ReadableStream<Bytes>({
      start(controller) {
        close = () => controller.close()
      },
    })
    const reader = observe(stream, watcher().observer).getReader()
    close()
    await expect(reader.closed).resolves.toBeUndefined()
  })
})

describe('isolate', () => {
  it('lets a failing observer go and tells of it once', async () => {
    const told: unknown[] = []
    const failing = {
      chunk() {
        throw new Error('ours')
      },
      end() {
        throw new Error('ours too')
      },
    }
    const stream = observe(
      source(['a', 'b']).stream,
      isolate(failing, (error) => told.push(error)),
    )
    expect(await new Response(stream).text()).toBe('ab')
    expect(told).toEqual([new Error('ours')])
  })
})
