/**
 * What comes in bulk and no record keeps: base64, ciphertext, vectors. Its count stands in its place.
 *
 * @module
 */

import type { Json } from './json.ts'

/** In place of so many characters, or items of a list. */
export function placeholder(count: number): string {
  return `…${count}…`
}

/** How many there were: of a placeholder what it says, else the text's own length; without padding. */
export function lengthOf(text: string): number {
  return Number(/…(\d+)…=*$/.exec(text)?.[1] ?? text.replace(/=+$/, '').length)
}

/** Bytes that base64 of so many characters, padding aside, stands for. */
export function bytesOf(base64: string): number {
  return Math.floor((lengthOf(base64) * 3) / 4)
}

const BULK = /^(?:data:[^,]{0,100},)?[\w+/-]{256,}=*$|…\d+…=*$/

/** Where ciphertext stands, of any length. */
const CIPHER = /^encrypted_content$|signature$/i

/** The value with its ciphertext and base64 by their length, as JSON text; empty if it is too deep to say. */
export function withoutBulk(value: Json): string {
  try {
    return JSON.stringify(value, (name, member: Json) => {
      const bulky = typeof member === 'string' && (CIPHER.test(name) || BULK.test(member))
      return bulky ? placeholder(lengthOf(member)) : member
    })
  } catch {
    return ''
  }
}
