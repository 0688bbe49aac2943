import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTracer, type Exporter } from 'carrot-trace'
import { describe, expect, it } from 'vitest'

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

async function isCollected(object: WeakRef<object>): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    await new Promise((resolve) => setImmediate(resolve)) // a look keeps it alive for the rest of its turn
    if (typeof collectGarbage === 'function') collectGarbage()
    if (!object.deref()) return true
  }
  return false
}

describe('a record that waits to be sent', () => {
  it('holds on to nothing of its request', async () => {
    const hanging: Exporter = { export: () => new Promise(() => {}) }
    const tracer = createTracer({
      exporters: [hanging],
      fetch: async () => Response.json({ model: 'gpt-4o-1', choices: [] }),
    })
    const signal = await (async () => {
      const controller = new AbortController()
      const response = await tracer.fetch('https://api.openai.com/v1/chat/completions', {
        method: 'POST',
        body: '{"model":"gpt-4o","messages":[]}',
        signal: controller.signal,
      })
      await response.text()
      return new WeakRef(controller.signal)
    })()
    expect(await isCollected(signal)).toBe(true)
    const { pending } = await tracer.flush()
    expect(pending).toBe(1)
  })
})
