import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTracer, memory } from '../../../src/index.ts'

const CHUNKS = [
  '{"model":"gpt-4o","choices":[{"index":0,"message":{"content":"Hi"},',
  '"finish_reason":"stop"}],',
  '"usage":{"prompt_tokens":1,"completion_tokens":2}}',
]

/** What an application can do with one of the copies that it has by then. */
const ACTS = ['clone', 'read', 'read', 'text', 'tee', 'pipe', 'cancel', 'rewrap', 'abort'] as const

interface Plan {
  /** After this many chunks the connection breaks; never, past their number. */
  breaksAfter: number
  steps: { act: (typeof ACTS)[number]; of: number }[]
}

const plans: fc.Arbitrary<Plan> = fc.record({
  breaksAfter: fc.integer({ min: 0, max: 6 }),
  steps: fc.array(fc.record({ act: fc.constantFrom(...ACTS), of: fc.nat({ max: 5 }) }), {
    maxLength: 12,
  }),
})

function answer({ breaksAfter }: Plan, signal: AbortSignal, heard: string[]): Response {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    type: 'bytes',
    start(controller) {
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
    pull(controller) {
      if (sent === breaksAfter) return controller.error(new TypeError('terminated'))
      const chunk = CHUNKS[sent]
      sent += 1
      if (chunk) return controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
      if ('byobRequest' in controller) controller.byobRequest?.respond(0)
    },
    cancel: () => void heard.push('the server is left'),
  })
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } })
}

/** Carries the steps out, one settled before the next; all that can be seen from outside. */
async function carryOut(
  { steps }: Plan,
  fetch: (signal: AbortSignal, heard: string[]) => Promise<Response>,
): Promise<string[]> {
  const seen: string[] = []
  const heard: string[] = [] // in one step, of several promises: in no order
  const controller = new AbortController()
  const copies = [await fetch(controller.signal, heard)]
  for (const [index, { act, of }] of steps.entries()) {
    const copy = copies[of % copies.length]
    if (!copy) continue
    const note = (what: unknown) =>
      void heard.push(`${index} ${act} ${of % copies.length}: ${what}`)
    if (act === 'abort') controller.abort(new Error('aborted'))
    else void carry(act, copy, copies).then(note, note)
    await settled()
    seen.push(...heard.splice(0).toSorted())
    seen.push(copies.map(({ bodyUsed, body }) => `${bodyUsed}/${body?.locked}`).join(' '))
  }
  return seen
}

async function carry(
  act: Exclude<Plan['steps'][number]['act'], 'abort'>,
  copy: Response,
  copies: Response[],
): Promise<unknown> {
  if (act === 'clone') return copies.push(copy.clone())
  if (act === 'text') return copy.text()
  if (act === 'cancel') return copy.body?.cancel('enough')
  if (act === 'rewrap') return copies.push(new Response(copy.body, copy))
  if (act === 'tee')
    return copies.push(...(copy.body?.tee() ?? []).map((body) => new Response(body)))
  if (act === 'pipe') {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    copies.push(new Response(readable))
    return copy.body?.pipeTo(writable)
  }
  const reader = copy.body?.getReader()
  try {
    const result = await reader?.read()
    return result?.done ? 'done' : new TextDecoder().decode(result?.value)
  } finally {
    reader?.releaseLock()
  }
}

/** All that can happen by itself has happened: nothing here waits for anything but promises. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

describe('any copying of any response', () => {
  it('shows of every copy what copies of the native response show', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const exporter = memory()
        const native = await carryOut(plan, async (signal, heard) => answer(plan, signal, heard))
        const traced = await carryOut(plan, (signal, heard) => {
          const tracer = createTracer({
            exporters: [exporter],
            fetch: async () => answer(plan, signal, heard),
          })
          const body = JSON.stringify({ model: 'gpt-4o', messages: [] })
          const init = { method: 'POST', body, signal }
          return tracer.fetch('https://api.openai.com/v1/chat/completions', init)
        })
        expect(traced).toEqual(native)
        expect(exporter.records.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })
})
