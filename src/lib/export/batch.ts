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
import { createHold, keep, type Hold } from './hold.ts'
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

export interface Batch {
  /** @param latest The record as it is when it is sent, where it goes on changing. */
  add(record: SpanRecord, hold: Hold | undefined, latest?: () => SpanRecord): void
  /**
   * Opens a unit of work and keeps its invocation alive; none in a process, which needs none.
   *
   * @param wait How to, where the invocation itself says it: the hold is its own then, and stays open
   * until it is released. Else it is found.
   */
  hold(wait?: WaitUntil): Hold | undefined
  /** @param own The unit of work that it is called in: of others only what is over is sent. */
  flush(own?: Hold): Promise<Receipt>
  /** Flushes, and lets go of the process. */
  close(): Promise<Receipt>
}

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
  let sendingFull = false
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
    if (wait) return keep(wait, drain(isFree))
    stopTimer ??= unobtrusiveTimer(() => void inTurn(sendAll), limits.flushInterval)
    if (queue.ended() < limits.batchSize || sendingFull) return
    sendingFull = true
    void inTurn(sendFull).finally(() => (sendingFull = false))
  }

  /** One request at a time; none of this ever fails. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done: Promise<void> = (sending ?? Promise.resolve()).then(work).finally(() => {
      if (sending === done) sending = undefined
    })
    sending = done
    return done
  }

  /** What is over, as long as it fills batches: what still runs would have to be sent once more. */
  async function sendFull(): Promise<void> {
    while (queue.ended() >= limits.batchSize) {
      await send(queue.take(limits.batchSize, ({ record }) => isEnded(record)))
    }
  }

  function sendAll(): Promise<void> {
    stopTimer?.()
    stopTimer = undefined
    return drain(() => true)
  }

  /** As much as waits by now, not what comes in the meantime. */
  async function drain(isWanted: (entry: Entry<Hold | undefined>) => boolean): Promise<void> {
    for (let left = queue.size(); left > 0;) {
      const entries = queue.take(limits.batchSize, isWanted)
      if (entries.length === 0) return
      left -= entries.length
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

  async function flush(own?: Hold): Promise<Receipt> {
    const isOver = ({ group }: Entry<Hold | undefined>) => group === own || !group?.isOpen
    await atMost(limits.flushTimeout, waitUntil() ? drain(isOver) : inTurn(sendAll))
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
    void atMost(limits.flushTimeout, inTurn(sendAll)).then(() => {
      const lost = queue.pending()
      if (lost > 0)
        tell('export_failed', `${lost} records are lost: the process ended before they were sent.`)
    })
  }

  function hold(own?: WaitUntil): Hold | undefined {
    const wait = own ?? waitUntil()
    return wait && createHold(wait, (self) => drain(({ group }) => group === self), own ? 1 : 0)
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

/** Of no unit of work. */
function isFree({ group }: Entry<Hold | undefined>): boolean {
  return group === undefined
}

function idOf({ id }: Rejection): string {
  return id
}
