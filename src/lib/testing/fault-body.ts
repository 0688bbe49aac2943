/**
 * A body that goes wrong on its way: late, halting, garbled, cut off.
 *
 * @module
 */

import type { Bytes } from '../capture/observe.ts'
import { rewrap } from '../capture/rewrap.ts'
import { bodyOf } from './body.ts'
import type { Fault } from './fault-options.ts'
import { wait } from './wait.ts'

type Faults = Pick<Fault, 'firstByteMs' | 'stall' | 'cut' | 'malformed'>

export function faultyBody(
  response: Response & { body: ReadableStream<Bytes> },
  { firstByteMs = 0, stall, cut, malformed }: Faults,
  signal: AbortSignal | undefined,
): Response {
  const reader = response.body.getReader()
  const isLines = /ndjson|jsonl/i.test(response.headers.get('content-type') ?? '')
  const split = splitter(isLines ? 1 : 2)
  const pending: Piece[] = []
  let begun = false
  let halt = stall && { ms: stall.ms, at: stall.afterEvents ?? 1 }
  let garbage = malformed?.afterEvents
  let bytes = 0
  let events = 0

  return rewrap(response, bodyOf({ next, cancel: (reason) => reader.cancel(reason) }, signal))

  async function next(stop: AbortSignal): Promise<Bytes | undefined> {
    if (!begun) await wait(firstByteMs, stop)
    begun = true
    if (halt && events >= halt.at) {
      const { ms } = halt
      halt = undefined
      await wait(ms, stop)
    }
    if (garbage !== undefined && events >= garbage) {
      garbage = undefined
      return isLines ? LINE.slice() : EVENT.slice()
    }
    if (cut && 'afterEvents' in cut && events >= cut.afterEvents) return lost()
    if (cut && 'afterBytes' in cut && bytes >= cut.afterBytes) return lost()
    const piece = pending.shift() ?? (await read())
    if (!piece) return undefined
    const room = cut && 'afterBytes' in cut ? cut.afterBytes - bytes : piece.bytes.length
    bytes += piece.bytes.length
    events += piece.ends
    return piece.bytes.slice(0, room)
  }

  async function read(): Promise<Piece | undefined> {
    const { done, value } = await reader.read()
    if (done) return undefined
    if (halt || garbage !== undefined || (cut && 'afterEvents' in cut))
      pending.push(...split(value))
    else pending.push({ bytes: value, ends: 0 })
    return pending.shift()
  }

  async function lost(): Promise<never> {
    reader.cancel().catch(() => {}) // whose failure would tell nobody anything
    throw dropped('terminated')
  }
}

const EVENT = new TextEncoder().encode('data: {"malformed\n\n')
const LINE = new TextEncoder().encode('{"malformed\n')

interface Piece {
  bytes: Bytes
  /** 1 if an event ends with it. */
  ends: 0 | 1
}

const LF = 10
const CR = 13

/** Cuts chunks behind each event: a line, or lines up to an empty one. */
function splitter(breaks: 1 | 2): (chunk: Bytes) => Piece[] {
  let seen = 0 // line breaks one after the other
  return (chunk) => {
    const pieces: Piece[] = []
    let from = 0
    for (const [at, byte] of chunk.entries()) {
      if (byte === LF) seen += 1
      else if (byte !== CR) seen = 0
      if (byte !== LF || seen < breaks) continue
      seen = 0
      pieces.push({ bytes: chunk.slice(from, at + 1), ends: 1 })
      from = at + 1
    }
    if (from < chunk.length) pieces.push({ bytes: chunk.slice(from), ends: 0 })
    return pieces
  }
}

/** As runtimes say that a connection is gone. */
export function dropped(message: string): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return new TypeError(message, { cause })
}
