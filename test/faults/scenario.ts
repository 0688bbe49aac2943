/**
 * What a program does for each fault: the same work untraced and traced, and `flush()`.
 *
 * @module
 */

import { createTracer, type Receipt, type TraceErrorCode, type TracerOptions } from 'carrot-trace'
import { byAnthropic, clients, failing, streamed, whole } from '../runtime/clients.ts'
import { KEY, QUESTION, type Fault } from './fault.ts'

export interface Told {
  code: TraceErrorCode
  message: string
}

export interface Outcome {
  /** What the application saw, without and with a tracer. */
  untraced: unknown
  traced: unknown
  told: Told[]
  /** What the first `flush` said, where the collector is silent. */
  early?: Receipt
  /** All receipts, added up. */
  receipt: Receipt
}

/** Where a program runs: an invocation is kept alive with `waitUntil`, a process needs no such thing. */
export interface Setting {
  /** Of the models. */
  url: string
  /** Of the collector. */
  baseUrl: string
  waitUntil?(promise: Promise<unknown>): void
  /** Told of what becomes of records after the outcome is there. */
  late(told: Told): void
}

/** A `flush` waits by itself, where there is something to wait for. */
const MAX_TURNS = 100

export async function run(fault: Fault, setting: Setting): Promise<Outcome> {
  const { url, baseUrl, waitUntil } = setting
  const told: Told[] = []
  const kept: Promise<unknown>[] = []
  let isOver = false
  const options: TracerOptions = {
    apiKey: KEY,
    baseUrl,
    context: 'off',
    limits: { flushInterval: 60_000, flushTimeout: 20_000, maxRetries: 1, ...fault.limits },
    onError: ({ code, message }) => {
      if (isOver) setting.late({ code, message })
      else told.push({ code, message })
    },
    waitUntil: waitUntil && ((promise) => (kept.push(promise), waitUntil(promise))),
  }
  const tracer = createTracer(options)

  const untraced = await work(fetch, url)
  const traced = await tracer.span('answer', (answer) =>
    answer.span('search', (search) => work(search.fetch, url)),
  )
  const early = await tracer.flush()
  if (fault.silent === 'for a while') await fetch(`${baseUrl}/answer`)
  const receipt = fault.silent === 'for ever' ? early : await settle(early)
  isOver = true
  return { untraced, traced, told, receipt, ...(fault.silent && { early }) }

  /** In an invocation `flush` does not wait for what has left by itself. */
  async function settle(first: Receipt): Promise<Receipt> {
    const sum = { ...first }
    for (let turn = 0; sum.pending > 0 && turn < MAX_TURNS; turn += 1) {
      await Promise.all(kept)
      const { accepted, rejected, dropped, pending } = await tracer.flush()
      sum.accepted += accepted
      sum.rejected += rejected
      sum.dropped += dropped
      sum.pending = pending
    }
    return sum
  }
}

/** Four calls, of which one fails. */
async function work(fetch: typeof globalThis.fetch, url: string): Promise<unknown[]> {
  const models = clients(fetch, url)
  return [
    await whole(models, QUESTION),
    await streamed(models, QUESTION),
    await byAnthropic(models, QUESTION),
    await failing(models, QUESTION),
  ]
}
