/**
 * The queue between the application and the exporters: batching and lifetime, once for all.
 *
 * Bounded in bytes, and never in the application's way. In a process, records leave by number and by
 * time, and at the last moment (`endings`). Where an invocation ends with its reply, the records of one unit of
 * work (a `Hold`) leave together when it is over, sent by the invocation that made them: no promise
 * of one request is ever waited for by another.
 *
 * @module
 */

import { TraceError, type TraceErrorCode } from '../errors.ts'
import type { SpanRecord } from '../record.ts'
import { mask } from '../redact.ts'
import type { WaitUntil } from '../runtime/keep-alive.ts'
import { onLastMoments } from '../runtime/last-moments.ts'
import { unobtrusiveTimer } from '../runtime/timer.ts'
import { atMost, createEndings } from './endings.ts'
import type { Exporter } from './exporter.ts'
import { createHold, keep, type Hold } from './hold.ts'
import { createQueue, isEnded, type Entry } from './queue.ts'
import { createSender, type Receipt } from './send.ts'

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

/** What waits is sent when it weighs this much, however few records it is. */
const FULL_BYTES = 1_000_000

/** For what has been given up to be counted. */
const GRACE_MS = 100

export function batch(
  exporters: readonly Exporter[],
  limits: BatchLimits,
  waitUntil: () => WaitUntil | undefined,
  report: (error: TraceError) => void,
): Batch {
  const sender = createSender(exporters, limits.maxRetries, tell)
  const queue = createQueue<Hold | undefined>(limits.queueBytes)
  let sending: Promise<void> | undefined // in a process; elsewhere promises are not shared
  let sendingFull = false
  let stopTimer: (() => void) | undefined
  let full = false
  let forget: (() => void) | undefined

  const endings = createEndings({ queue, sender, limits, sendInTime, send, forget: letGo, tell })

  return { add, hold, flush, close }

  function add(record: SpanRecord, hold: Hold | undefined, latest = () => record): void {
    sender.handOver(record)
    if (!sender.batches) return
    forget ??= onLastMoments({ ...endings, asked: sendInTime })
    if (!queue.put(record, hold, latest)) return drop(record)
    full = false
    if (!hold) schedule()
  }

  function drop(record: SpanRecord): void {
    sender.dropped(record)
    if (full) return
    full = true // once for every time that it fills
    tell(
      'queue_full',
      'The queue is full (limits.queueBytes): records are dropped until it is sent.',
    )
  }

  /** In a process: soon, or at once when there is a batch full. Without a hold elsewhere: now. */
  function schedule(): void {
    const wait = waitUntil()
    if (wait) return keep(wait, drain(isFree))
    stopTimer ??= unobtrusiveTimer(() => void inTurn(sendAll), limits.flushInterval)
    if (!isFull() || sendingFull) return
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

  /** By number, or by weight: the turns of a conversation repeat all that was said before. */
  function isFull(): boolean {
    return queue.ended() >= limits.batchSize || queue.bytes() >= FULL_BYTES
  }

  /** What is over, as long as it fills batches: what still runs would have to be sent once more. */
  async function sendFull(): Promise<void> {
    while (isFull()) {
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

  async function send(
    entries: readonly Entry<Hold | undefined>[],
    leaving?: boolean,
  ): Promise<void> {
    await sender.send(
      entries.map(({ record }) => record),
      leaving,
    )
    queue.settle(entries)
  }

  function sendInTime(): Promise<void> {
    return atMost(limits.flushTimeout, inTurn(sendAll))
  }

  async function flush(own?: Hold): Promise<Receipt> {
    const isOver = ({ group }: Entry<Hold | undefined>) => group === own || !group?.isOpen
    await (waitUntil() ? atMost(limits.flushTimeout, drain(isOver)) : sendInTime())
    return { ...sender.settle(), pending: queue.pending() }
  }

  function letGo(): void {
    forget?.()
  }

  async function close(): Promise<Receipt> {
    letGo()
    const { pending, ...receipt } = await flush()
    const isOver = pending === 0 || waitUntil()
    endings.tellLost(isOver ? 0 : pending)
    if (isOver) return { ...receipt, pending }
    sender.abandon()
    await atMost(GRACE_MS, sending ?? Promise.resolve())
    const { accepted, rejected, dropped } = sender.settle()
    return {
      accepted: receipt.accepted + accepted,
      rejected: receipt.rejected + rejected,
      dropped: receipt.dropped + dropped,
      pending: queue.pending(),
    }
  }

  function hold(own?: WaitUntil): Hold | undefined {
    const wait = own ?? waitUntil()
    return wait && createHold(wait, (self) => drain(({ group }) => group === self), own ? 1 : 0)
  }

  function tell(code: TraceErrorCode, message: string, cause?: unknown): void {
    // An exporter says what it likes.
    report(new TraceError(code, mask(message), { cause }))
  }
}

/** Of no unit of work. */
function isFree({ group }: Entry<Hold | undefined>): boolean {
  return group === undefined
}
