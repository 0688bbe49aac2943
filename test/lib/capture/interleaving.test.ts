import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTracer, memory } from '../../../src/index.ts'

const EVENTS = [
  'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Grü"}}]}\n\n',
  ': a comment\r\n\r\n',
  'data: {"choices":[{"index":0,"delta":{"content":"ße 👋"}}]}\n\n',
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n',
  'data: [DONE]\n\n',
]
const BYTES = new TextEncoder().encode(EVENTS.join(''))

type Step = 'read' | 'cancel' | 'abort'
interface Plan {
  /** Where the stream is cut into chunks. */
  cuts: number[]
  /** After this many chunks the connection breaks; never, past their number. */
  breaksAfter: number
  steps: Step[]
}

const plans: fc.Arbitrary<Plan> = fc.record({
  cuts: fc.uniqueArray(fc.integer({ min: 1, max: BYTES.length - 1 }), { maxLength: 12 }),
  breaksAfter: fc.integer({ min: 0, max: 16 }),
  steps: fc.array(fc.constantFrom<Step>('read', 'read', 'read', 'read', 'cancel', 'abort'), {
    maxLength: 20,
  }),
})

function chunksOf(cuts: number[]): Uint8Array<ArrayBuffer>[] {
  const places = [0, ...cuts.toSorted((one, two) => one - two), BYTES.length]
  return places.slice(1).map((end, index) => BYTES.slice(places[index], end))
}

/** What a server and a network make of the plan. */
function answer({ cuts, breaksAfter }: Plan, signal: AbortSignal, heard: string[]): Response {
  const chunks = chunksOf(cuts)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    type: 'bytes',
    start(controller) {
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
    pull(controller) {
      if (sent === breaksAfter) return controller.error(new TypeError('terminated'))
      const chunk = chunks[sent]
      sent += 1
      if (chunk) return controller.enqueue(chunk)
      controller.close()
      if ('byobRequest' in controller) controller.byobRequest?.respond(0)
    },
    cancel(reason) {
      heard.push(`cancelled: ${reason}`)
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** Carries the steps out; all that can be seen from outside. */
async function carryOut(
  plan: Plan,
  fetch: (signal: AbortSignal, heard: string[]) => Promise<Response>,
): Promise<string[]> {
  const seen: string[] = []
  const controller = new AbortController()
  const response = await fetch(controller.signal, seen)
  const reader = response.body?.getReader()
  for (const step of plan.steps) {
    try {
      if (step === 'cancel') await reader?.cancel('enough')
      if (step === 'abort') {
        controller.abort(new Error('aborted'))
        await Promise.resolve() // in the same tick: docs/fidelity.md, known differences
      }
      if (step === 'read') {
        const result = await reader?.read()
        seen.push(result?.done ? 'done' : `chunk ${result?.value?.join()}`)
        continue
      }
      seen.push(step)
    } catch (error) {
      seen.push(`${step}: ${error}`)
    }
  }
  return seen
}

describe('any reading of any stream', () => {
  it('shows the bytes of the native response, and ends at most once, as it did', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const exporter = memory()
        const body = JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] })
        const native = await carryOut(plan, async (signal, heard) => answer(plan, signal, heard))
        const traced = await carryOut(plan, (signal, heard) => {
          const tracer = createTracer({
            exporters: [exporter],
            fetch: async () => answer(plan, signal, heard),
          })
          return tracer.fetch('https://api.openai.com/v1/chat/completions', {
            method: 'POST',
            body,
            signal,
          })
        })
        expect(traced).toEqual(native)
        expect(exporter.records.length).toBeLessThanOrEqual(1)

        const [record] = exporter.records
        const read = native.filter((line) => line.startsWith('chunk')).length
        const whole = read === chunksOf(plan.cuts).length
        const left = native.some((line) => line === 'cancel' || line === 'abort')
        if (native.includes('done') && !left) expect(record?.call?.ended).toBe('complete')
        if (whole && record)
          expect(record.output).toEqual({ role: 'assistant', content: 'Grüße 👋' })
        if (native.some((line) => line.includes('terminated')) && !left)
          expect(record?.call?.ended).toBe('error')
        if (left) expect(['complete', 'cancelled', 'error']).toContain(record?.call?.ended)
      }),
      { numRuns: 500 },
    )
  })
})
