/**
 * Bytes as text, without what would only fill memory.
 *
 * A picture is megabytes of base64 in one string, and the tokens it cost are told after it. So a run
 * without structure that is longer than a format's limit is replaced by its count as it passes:
 * never more of it is held, and what follows is read.
 *
 * @module
 */

import { placeholder } from '../bulk.ts'

/** Text of the next bytes; without bytes, of what was left. */
export type Reader = (bytes?: Uint8Array) => string

export interface Bulk {
  /** The longest run of base64, or list of numbers, that stands as it came. */
  over: number
  /** Whether long lists of numbers are replaced too; where prose may come they are not told from it. */
  lists?: boolean
}

export function createReader(bulk: Bulk | undefined): Reader {
  const decoder = new TextDecoder()
  const decode: Reader = (bytes) =>
    bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
  if (!bulk) return decode

  const { over, lists } = bulk
  const of = lists ? '[\\w+/.,\\s-]' : '[\\w+/-]'
  // Short ones inside of a piece are words; at its ends they may be parts of a long one.
  const runs = new RegExp(`^${of}+|${of}{32,}|${of}+$`, 'g')
  const member = new RegExp(of)
  let run = '' // the one that is still open, as far as it may be wanted
  let length = 0
  let commas = 0
  let isList = false

  return (bytes) => {
    const decoded = decode(bytes)
    const text = lists && length === 0 ? withoutLists(decoded, over) : decoded
    // A short piece between runs, as events of a stream are, holds none that is too long.
    if (text && length === 0 && text.length <= over && !member.test(text.slice(-1)))
      return close(text)
    let at = 0
    let read = ''
    for (const { 0: piece, index } of text.matchAll(runs)) {
      if (index > 0) read += close(text.slice(at, index))
      at = index + piece.length
      length += piece.length
      if (isList) commas += countCommas(piece)
      if (length <= over) run += piece
    }
    if (at < text.length) read += close(text.slice(at))
    return bytes ? read : read + close('')
  }

  /** The run that has ended, or its count, and what follows it. */
  function close(next: string): string {
    const count = isList ? `"${placeholder(commas + 1)}"` : placeholder(length)
    const ended = length > over ? count : run
    run = ''
    length = commas = 0
    isList = lists === true && next.endsWith('[')
    return ended + next
  }
}

/** Those that have come in one piece, without looking at each of their characters. */
function withoutLists(text: string, over: number): string {
  let read = ''
  let at = 0
  let end = 0
  for (let open = text.indexOf('['); open >= 0; open = text.indexOf('[', open + 1)) {
    if (end <= open) end = text.indexOf(']', open)
    if (end < 0) break
    if (end - open - 1 <= over) continue
    const list = text.slice(open + 1, end)
    if (list.includes('[') || list.includes('"') || list.includes('{')) continue
    read += `${text.slice(at, open + 1)}"${placeholder(countCommas(list) + 1)}"`
    at = end
  }
  return at > 0 ? read + text.slice(at) : text
}

/** Of a list of thousands of numbers: to split it would cost more than all the rest. */
function countCommas(text: string): number {
  let count = 0
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) count += 1
  return count
}
