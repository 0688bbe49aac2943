/**
 * The queue between the application and the exporters: batching, retry and lifetime, once for all.
 *
 * Bounded in bytes, and never in the application's way. In a process, records leave by number and by
 * time, and at the last moment. Where an invocation ends with its reply, the records of one unit of
 * work (a `Hold`) leave together when it is over, sent by the invocation that made them: no promise
 * of one request is ever waited for by another.
 *
 * @module
 */

import { TraceError, type TraceErrorCode } from '../errors.ts'
import type { SpanRecord } from '../record.ts'
import { onBeforeExit, unobtrusiveTimer, type WaitUntil } from '../runtime/keep-alive.ts'
import type { Exporter, Rejection } from './exporter.ts'
import { deliver } from './deliver.ts'
import { createQueue, isEnded, type Entry } from './queue.ts'

export interface BatchLimits {
  /** Records are dropped, and counted, while this many bytes wait or are on their way. */
  queueBytes: number
  /** Records per request. */
  batchSize: number
  /** Milliseconds that a record waits for company, in a process. */
  flushInterval: number
  /** Milliseconds after which `flush` comes back with what is still pending. */
  flushTimeout: number
  /** How often a batch is sent again. */
  maxRetries: number
}

/** What became of the records that ended since the last receipt. */
export interface Receipt {
  accepted: number
  /** Refused by the receiver, each reported to `onError`. */
  rejected: number
  /** Lost here: the queue was full, or the receiver out of reach for too long. */
  dropped: number
  /** Waiting or on their way still. */
  pending: number
}

/** One unit of work whose records leave together. */
export interface Hold {
  readonly isOpen: boolean
  retain(): void
  release(): void
}

export interface Batch {
  /** @param latest The record as it is when it is sent, where it goes on changing. */
  add(record: SpanRecord, hold: Hold | undefined, latest?: () => SpanRecord): void
  /** Opens a unit of work and keeps its invocation alive; none in a process, which needs none. */
  hold(): Hold | undefined
  flush(): Promise<Receipt>
  /** Flushes, and lets go of the process. */
  close(): Promise<Receipt>
}

/** Workers cancel what still runs 30 s after the reply. */
const MAX_HOLD_MS = 25_000

export function batch(
  exporters: readonly Exporter[],
  limits: BatchLimits,
  waitUntil: () => WaitUntil | undefined,
  report: (error: TraceError) => void,
): Batch {
  const immediate = exporters.filter((exporter) => exporter.immediate)
  const batched = exporters.filter((exporter) => !exporter.immediate)
  const queue = createQueue<Hold | undefined>(limits.queueBytes)
  let receipt = { accepted: 0, rejected: 0, dropped: 0 }
  let sending: Promise<void> | undefined // in a process; elsewhere promises are not shared
  let stopTimer: (() => void) | undefined
  let full = false
  let forget: (() => void) | undefined

  return { add, hold, flush, close }

  function add(record: SpanRecord, hold: Hold | undefined, latest = () => record): void {
    if (isEnded(record)) for (const exporter of immediate) handOver(exporter, record)
    if (batched.length === 0) {
      if (isEnded(record)) receipt[immediate.length > 0 ? 'accepted' : 'dropped'] += 1
      return
    }
    forget ??= onBeforeExit(atExit)
    if (!queue.put(record, hold, latest)) return drop(record)
    full = false
    if (!hold) schedule()
  }

  function drop(record: SpanRecord): void {
    if (isEnded(record)) receipt.dropped += 1
    if (full) return
    full = true // once for every time that it fills
    tell(
      'queue_full',
      'The queue is full (limits.queueBytes): records are dropped until it is sent.',
    )
  }

  function handOver(exporter: Exporter, record: SpanRecord): void {
    void (async () => exporter.export([record]))().catch((cause: unknown) =>
      tell('export_failed', 'An exporter failed.', cause),
    )
  }

  /** In a process: soon, or at once when there is a batch full. Without a hold elsewhere: now. */
  function schedule(): void {
    const wait = waitUntil()
    if (wait) return keep(wait, drain())
    if (queue.size() >= limits.batchSize) void run()
    else stopTimer ??= unobtrusiveTimer(run, limits.flushInterval)
  }

  function run(): Promise<void> {
    stopTimer?.()
    stopTimer = undefined
    sending ??= drain().finally(() => (sending = undefined))
    return sending
  }

  async function drain(hold?: Hold): Promise<void> {
    for (;;) {
      const entries = queue.take(limits.batchSize, hold)
      if (entries.length === 0) return
      await send(entries)
    }
  }

  async function send(entries: readonly Entry<Hold | undefined>[]): Promise<void> {
    const records = entries.map((entry) => entry.record)
    const ended = records.filter(isEnded)
    const outcomes = await Promise.all(
      batched.map((exporter) => deliver(exporter, records, limits.maxRetries, tell)),
    )
    queue.settle(entries)
    // What one of several exporters did not get counts as not delivered.
    const lost = outcomes.some((outcome) => outcome === 'lost')
    const refused = new Set(
      outcomes.flatMap((outcome) => (outcome === 'lost' ? [] : outcome.map(idOf))),
    )
    const rejected = lost ? 0 : ended.filter((record) => refused.has(record.id)).length
    receipt.dropped += lost ? ended.length : 0
    receipt.rejected += rejected
    receipt.accepted += lost ? 0 : ended.length - rejected
  }

  async function flush(): Promise<Receipt> {
    await atMost(limits.flushTimeout, waitUntil() ? drain() : run())
    const result = { ...receipt, pending: queue.pending() }
    receipt = { accepted: 0, rejected: 0, dropped: 0 }
    return result
  }

  async function close(): Promise<Receipt> {
    forget?.()
    return flush()
  }

  /** The process has nothing else to do. It is kept for `flushTimeout` at most, and once. */
  function atExit(): void {
    if (queue.pending() === 0) return
    forget?.()
    void atMost(limits.flushTimeout, run()).then(() => {
      const lost = queue.pending()
      if (lost > 0)
        tell('export_failed', `${lost} records are lost: the process ended before they were sent.`)
    })
  }

  function hold(): Hold | undefined {
    const wait = waitUntil()
    if (!wait) return undefined
    let open = 0
    let letGo = () => {}
    keep(wait, new Promise<void>((resolve) => (letGo = resolve)))
    const stop = unobtrusiveTimer(leave, MAX_HOLD_MS)
    const self = {
      isOpen: true,
      retain() {
        open += 1
      },
      release() {
        open -= 1
        if (open > 0) return
        self.isOpen = false
        stop()
        leave()
      },
    }
    return self

    function leave(): void {
      if (wait) keep(wait, drain(self))
      letGo()
    }
  }

  function keep(wait: WaitUntil, work: Promise<void>): void {
    try {
      wait(work)
    } catch {
      // Outside of any invocation, such as a Worker's global scope: there is nothing to keep alive.
    }
  }

  function tell(code: TraceErrorCode, message: string, cause?: unknown): void {
    report(new TraceError(code, message, { cause }))
  }
}

/** Waits for the work, but no longer than this; keeps a process alive meanwhile. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, timeout])
  clearTimeout(timer)
}

function idOf({ id }: Rejection): string {
  return id
}
