/**
 * Amazon's binary event stream, as Bedrock streams. An event `contentBlockDelta` is the payload
 * `{ contentBlockDelta: … }`, a `chunk` the JSON that it carries in base64, an exception an error.
 *
 * Both checksums of a message are checked, as clients do. One whose content is damaged is counted and
 * passed over; one whose lengths are ends the reading, for nobody knows where the next begins.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 * @module
 */

import { fields, parse, string, type Json } from '../json.ts'
import type { Framing, FramingSink } from './framing.ts'

/** Two lengths and their checksum; another checksum ends the message. */
const PRELUDE = 12
const CHECKSUM = 4

/** At most `maxChars` bytes of a message are held; one that is longer is passed over. */
export function awsEventStream(sink: FramingSink, maxChars: number): Framing {
  let message = new Uint8Array(PRELUDE)
  let filled = 0
  let passing = 0 // bytes of a message that is not held
  let broken = false

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length;) {
        if (broken) return
        const piece = bytes.subarray(at, at + (passing || message.length - filled))
        at += piece.length
        if (passing) passing -= piece.length
        else {
          message.set(piece, filled)
          filled += piece.length
          if (filled === message.length) advance()
        }
      }
    },
    end() {}, // what is left is no message
  }

  function advance(): void {
    const view = new DataView(message.buffer)
    if (filled === PRELUDE) return open(view)
    const end = filled - CHECKSUM
    const isSound = view.getUint32(end) === crc32(message.subarray(0, end))
    const payload = isSound ? payloadOf(message, view, PRELUDE + view.getUint32(4)) : undefined
    if (payload === undefined) sink.undecodable()
    else sink.payload(payload)
    next()
  }

  function open(view: DataView): void {
    const length = view.getUint32(0)
    broken =
      view.getUint32(8) !== crc32(message.subarray(0, 8)) ||
      length < PRELUDE + CHECKSUM + view.getUint32(4)
    if (broken) return sink.undecodable()
    if (length > maxChars) {
      sink.overflow()
      passing = length - PRELUDE
      return next()
    }
    const prelude = message
    message = new Uint8Array(length)
    message.set(prelude)
  }

  function next(): void {
    message = new Uint8Array(PRELUDE)
    filled = 0
  }
}

function payloadOf(message: Uint8Array, view: DataView, at: number): Json | undefined {
  const headers = headersOf(message, view, at)
  const body = parse(text(message.subarray(at, -CHECKSUM)))
  const failed = headers.get(':exception-type') ?? headers.get(':error-code')
  if (failed !== undefined) {
    const { message: told, Message = headers.get(':error-message') } = fields(body)
    return { type: 'error', error: { type: failed, message: told ?? Message } }
  }
  const name = headers.get(':event-type')
  if (name === undefined || body === undefined) return undefined
  return name === 'chunk' ? decoded(string(fields(body).bytes) ?? '') : { [name]: body }
}

/** Of every header its text. Bedrock has headers of no other type; what follows one is not read. */
function headersOf(message: Uint8Array, view: DataView, end: number): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = PRELUDE; at < end;) {
    const name = at + 1
    const type = name + view.getUint8(at)
    const value = type + 3
    if (value > end || view.getUint8(type) !== TEXT) break
    at = value + view.getUint16(type + 1)
    headers.set(text(message.subarray(name, type)), text(message.subarray(value, at)))
  }
  return headers
}

const TEXT = 7

function decoded(base64: string): Json | undefined {
  try {
    return parse(text(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))))
  } catch {
    return undefined
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** Bit by bit: a table is faster, and larger than all else here. Events are short. */
function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (-(crc & 1) & 0xedb88320)
  }
  return ~crc >>> 0
}
