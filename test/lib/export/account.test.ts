import { createTracer, memory, type Exporter, type Receipt } from 'carrot-trace'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RetryLater, TooLarge } from '../../../src/lib/export/exporter.ts'

/** What a receiver does with one request. */
const ANSWERS = ['takes', 'fails', 'refuses', 'refuses some', 'hangs', 'is full', 'later'] as const
type Answer = (typeof ANSWERS)[number]

interface Receiver {
  answers: Answer[]
  /** Records in one request. */
  atMost: number
  endedOnly: boolean
}

/** What a program does, one after the other. */
const STEPS = ['span', 'long span', 'failing span', 'end', 'wait', 'flush', 'shutdown'] as const

function receiving({ answers, atMost, endedOnly }: Receiver): Exporter {
  const script = [...answers]
  return {
    endedOnly,
    export(records, { signal } = { leaving: false }) {
      if (records.length > atMost) throw new TooLarge('413')
      const refused = records.map(({ id }) => ({ id, reason: 'bad date' }))
      switch (script.shift() ?? 'takes') {
        case 'hangs':
          return new Promise((_resolve, reject) =>
            signal?.addEventListener('abort', () => reject(new Error('given up'))),
          )
        case 'fails':
          throw new Error('503')
        case 'is full':
          throw new TooLarge('413')
        case 'later':
          throw new RetryLater('429', 100)
        case 'refuses':
          return { rejected: refused }
        case 'refuses some':
          return { rejected: refused.slice(1) }
        case 'takes':
          return { rejected: [] }
      }
    },
  }
}

const receiver = fc.record({
  answers: fc.array(fc.constantFrom(...ANSWERS), { maxLength: 12 }),
  atMost: fc.integer({ min: 0, max: 4 }),
  endedOnly: fc.boolean(),
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the receipts of a program', () => {
  it('account for every record that ended, whatever befalls it and its receivers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(receiver, { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom(...STEPS), { maxLength: 40 }),
        fc.constantFrom(undefined, 0, 0.5),
        async (receivers, steps, sampleRate) => {
          const produced = memory() // is handed each record as it ends
          const told: string[] = []
          const tracer = createTracer({
            exporters: [produced, ...receivers.map(receiving)],
            ...(sampleRate !== undefined && { sampleRate, keep: { errors: true } }),
            limits: { queueBytes: 12_000, batchSize: 3, flushTimeout: 2_000, maxRetries: 1 },
            onError: ({ code }) => told.push(code),
            context: 'off',
            waitUntil: 'auto',
          })
          const open: { end(): void }[] = []
          const sum = { accepted: 0, rejected: 0, dropped: 0 }
          let pending = 0
          for (const step of steps) {
            if (step === 'span') tracer.span('a', () => 1)
            if (step === 'failing span') tracer.startSpan('b').fail(new Error('no'))
            if (step === 'long span') open.push(tracer.startSpan('c'))
            if (step === 'end') open.pop()?.end()
            if (step === 'wait') await vi.advanceTimersByTimeAsync(6_000)
            if (step === 'flush') add(await settled(tracer.flush()))
            if (step === 'shutdown') add(await settled(tracer.shutdown()))
          }
          add(await settled(tracer.flush()))
          const { accepted, rejected, dropped } = sum
          expect(accepted + rejected + dropped + pending).toBe(produced.records.length)
          expect(rejected + dropped === 0 || told.length > 0).toBe(true)
          await settled(tracer.shutdown())

          function add(receipt: Receipt): void {
            sum.accepted += receipt.accepted
            sum.rejected += receipt.rejected
            sum.dropped += receipt.dropped
            pending = receipt.pending
          }
        },
      ),
    )
  })
})

async function settled(receipt: Promise<Receipt>): Promise<Receipt> {
  await vi.advanceTimersByTimeAsync(2_200)
  return receipt
}
