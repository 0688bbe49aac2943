/**
 * Bytes with something wrong in them: a few of what a network, a provider or an attacker may do to a reply.
 *
 * @module
 */

import { crc32 } from 'node:zlib'

/** A number from 0 to 1, the next of a row that begins the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const WORDS = [
  ...'{}[]",:\\\n\r\0 '.split(''),
  '\r\n\r\n',
  '\n\n',
  'data: ',
  'data:[DONE]\n\n',
  'event: error\n',
  ': comment\n',
  '\ufeff',
  'null',
  'true',
  '-1',
  '1e999',
  '9007199254740993',
  '""',
  '[]',
  '{}',
  '{"error":{"message":"x"}}',
  '"usage":null,',
  '"usage":{"prompt_tokens":-1,"total_tokens":1e300},',
  '"index":4294967296,',
  '"type":"error",',
  '"finish_reason":"stop",',
  '"__proto__":{"a":1},',
  '\\ud800',
  'ß👩‍👩‍👧',
  '['.repeat(300),
  'A'.repeat(300),
].map((word) => new TextEncoder().encode(word))

const MAX_LENGTH = 65_536

/** One to five changes, and parts of another. */
export function mutated(
  bytes: Uint8Array,
  other: Uint8Array,
  random: () => number,
): Uint8Array<ArrayBuffer> {
  let changed = Uint8Array.from(bytes)
  const changes = 1 + Math.floor(random() * 5)
  for (let count = 0; count < changes; count += 1) changed = changedOnce(changed, other, random)
  return random() < 0.5 ? sound(changed.slice(0, MAX_LENGTH)) : changed.slice(0, MAX_LENGTH)
}

function changedOnce(
  bytes: Uint8Array,
  other: Uint8Array,
  random: () => number,
): Uint8Array<ArrayBuffer> {
  const within = (length: number) => Math.floor(random() * (length + 1))
  const at = within(bytes.length)
  const to = Math.min(bytes.length, at + within(random() < 0.5 ? 8 : 400))
  const from = within(other.length)
  switch (Math.floor(random() * 6)) {
    case 0: // a bit
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << within(7)) : byte)).slice()
    case 1: // gone
      return joined(bytes.slice(0, at), bytes.slice(to))
    case 2: // twice
      return joined(bytes.slice(0, to), bytes.slice(at))
    case 3: // a piece of another
      return joined(bytes.slice(0, at), other.slice(from, from + within(400)), bytes.slice(to))
    case 4: // a word between
      return joined(bytes.slice(0, at), wordOf(random), bytes.slice(at))
    default: // a word instead
      return joined(bytes.slice(0, at), wordOf(random), bytes.slice(to))
  }
}

function wordOf(random: () => number): Uint8Array {
  return WORDS[Math.floor(random() * WORDS.length)] ?? new Uint8Array()
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts))
}

const HEAD = 2 // which call it is, and in what pieces

/** Where they are messages of Amazon's, with checksums that fit: else nothing behind them is ever read. */
function sound(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer)
  for (let at = HEAD; at + 16 <= bytes.length;) {
    const length = view.getUint32(at)
    if (length < 16 || at + length > bytes.length) break
    view.setUint32(at + 8, crc32(bytes.subarray(at, at + 8)))
    view.setUint32(at + length - 4, crc32(bytes.subarray(at, at + length - 4)))
    at += length
  }
  return bytes
}
