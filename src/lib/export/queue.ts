/**
 * Records that wait to be sent: bounded in bytes, one entry a record, in the order of their first arrival.
 *
 * What is on its way still counts, so that a receiver that hangs cannot make the queue grow.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import { weigh } from './weigh.ts'

/** A batch never weighs more than this, whatever its records do: collectors limit a request's body. */
const MAX_BATCH_BYTES = 4_000_000

export interface Entry<Group> {
  record: SpanRecord
  /** The record as it is by now. */
  latest: () => SpanRecord
  group: Group
  bytes: number
}

export interface Queue<Group> {
  /** Takes the record in place of an earlier one with its id. False: there is no room. */
  put(record: SpanRecord, group: Group, latest: () => SpanRecord): boolean
  /** The next batch of those that are wanted; empty when there is none. */
  take(
    maxRecords: number,
    isWanted: (entry: Entry<Group>) => boolean,
    maxBytes?: number,
  ): Entry<Group>[]
  /** What is on its way waits again, for nobody is left to hear whether it arrives. */
  recall(): void
  /** The batch has arrived, or is lost. */
  settle(entries: readonly Entry<Group>[]): void
  /** All that wait, running ones included. */
  size(): number
  /** Those that wait and have ended. */
  ended(): number
  /** What they weigh. */
  bytes(): number
  /** Records that have ended and wait or are on their way. */
  pending(): number
  /** Likewise, running ones included. */
  unsent(): number
}

export function createQueue<Group>(maxBytes: number): Queue<Group> {
  const waiting = new Map<string, Entry<Group>>()
  const onTheirWay = new Set<Entry<Group>>()
  let bytes = 0 // of both
  let ended = 0 // of those that wait
  let waitingBytes = 0

  return {
    put(record, group, latest) {
      // What still runs is held by the application, whether it waits here or not.
      const entry = { record, group, latest, bytes: isEnded(record) ? weigh(record) : 0 }
      const before = waiting.get(record.id)
      const grown = bytes - (before?.bytes ?? 0) + entry.bytes
      if (grown > maxBytes) {
        // That it ran weighs nothing, and would wait here for good: there is no other end to come.
        if (!countEnded(before)) waiting.delete(record.id)
        return false
      }
      waitingBytes += grown - bytes
      bytes = grown
      waiting.set(record.id, entry)
      ended += countEnded(entry) - countEnded(before)
      return true
    },
    take(maxRecords, isWanted, maxBytes = MAX_BATCH_BYTES) {
      const entries: Entry<Group>[] = []
      let weight = 0
      for (const [id, entry] of waiting) {
        if (!isWanted(entry)) continue
        weight += entry.bytes || weigh(entry.record)
        if (entries.length > 0 && weight > maxBytes) break
        waiting.delete(id)
        ended -= countEnded(entry)
        waitingBytes -= entry.bytes
        entry.record = entry.latest()
        entries.push(entry)
        onTheirWay.add(entry)
        if (entries.length === maxRecords) break
      }
      return entries
    },
    recall() {
      for (const entry of onTheirWay) {
        const { id } = entry.record
        if (waiting.has(id)) continue
        waiting.set(id, entry)
        ended += countEnded(entry)
        waitingBytes += entry.bytes
      }
      onTheirWay.clear()
    },
    settle(entries) {
      for (const entry of entries) {
        if (onTheirWay.delete(entry)) bytes -= entry.bytes
      }
    },
    size: () => waiting.size,
    ended: () => ended,
    bytes: () => waitingBytes,
    unsent: () => waiting.size + onTheirWay.size,
    pending: () => [...onTheirWay].reduce((count, entry) => count + countEnded(entry), ended),
  }
}

function countEnded(entry: { record: SpanRecord } | undefined): number {
  return entry && isEnded(entry.record) ? 1 : 0
}

export function isEnded(record: SpanRecord): boolean {
  return record.status !== 'running'
}
