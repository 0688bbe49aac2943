/**
 * The last moments of a program, for its queue: what can be sent still, and a word on what cannot.
 *
 * @module
 */

import type { TraceErrorCode } from '../errors.ts'
import type { LastMoments } from '../runtime/last-moments.ts'
import type { BatchLimits } from './batch.ts'
import type { Entry, Queue } from './queue.ts'
import type { Sender } from './send.ts'

/** In characters, of which one may take three bytes: requests that outlive a page are small. */
const MAX_LEAVING_BYTES = 20_000

const MAX_BLOCKED_MS = 2_000

interface Parts<Group> {
  queue: Queue<Group>
  sender: Sender
  limits: BatchLimits
  /** All that waits, for as long as a flush may take. */
  sendInTime(): Promise<void>
  send(entries: readonly Entry<Group>[], leaving?: boolean): Promise<void>
  /** No more of these moments. */
  forget(): void
  tell(code: TraceErrorCode, message: string): void
}

export interface Endings extends Omit<LastMoments, 'asked'> {
  /** Of so many that were not sent, and of those that have not ended, whom nobody can be told of later. */
  tellLost(unsent: number): void
}

export function createEndings<Group>(parts: Parts<Group>): Endings {
  const { queue, sender, limits, sendInTime, send, forget, tell } = parts

  return {
    tellLost,

    /** The process has nothing else to do. It is kept for `flushTimeout` at most, and once. */
    idle() {
      if (queue.pending() === 0) return
      forget()
      void sendInTime().then(() => {
        tellLost(queue.unsent())
        sender.abandon() // else a request that nobody answers keeps the process
      })
    },

    /** The process ends here. It stands still for as long as it takes to send the rest, or no longer than this. */
    gone() {
      queue.recall()
      const batches: Entry<Group>[][] = []
      for (;;) {
        const entries = queue.take(limits.batchSize, () => true)
        if (entries.length === 0) break
        batches.push(entries)
      }
      const records = batches.map((entries) => entries.map(({ record }) => record))
      tellLost(sender.sendBlocking(records, Math.min(limits.flushTimeout, MAX_BLOCKED_MS)))
      for (const entries of batches) queue.settle(entries)
    },

    /** All at once, for there may be no later; and small, as what outlives a page has to be. */
    hidden() {
      for (;;) {
        const entries = queue.take(limits.batchSize, () => true, MAX_LEAVING_BYTES)
        if (entries.length === 0) return
        void send(entries, true)
      }
    },
  }

  function tellLost(unsent: number): void {
    tellOf(unsent, 'the process ended before they were sent.')
    tellOf(sender.unfinished(), UNFINISHED)
  }

  function tellOf(count: number, why: string): void {
    if (count > 0) tell('export_failed', `${count} records are lost: ${why}`)
  }
}

const UNFINISHED = 'they had not ended when the program did, and an exporter takes only what has.'

/** Waits for the work, but no longer than this; keeps a process alive meanwhile. */
export async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, timeout])
  clearTimeout(timer)
}
