/**
 * A pair's stream as the API sends it: events, lines, an array, or messages of Amazon's.
 *
 * @module
 */

import { joined } from '../../support/amazon.ts'
import type { Pair } from './pairs.ts'

export function typeOf({ lines, isArray, amazon }: Pair): string {
  if (amazon) return 'application/vnd.amazon.eventstream'
  if (isArray) return 'application/json; charset=UTF-8'
  return lines ? 'application/x-ndjson' : 'text/event-stream'
}

export function bytesOf(pair: Pair, newline = '\n'): Uint8Array<ArrayBuffer> {
  const { events, lines, isArray, amazon } = pair
  if (amazon) return joined(events.map(amazon))
  if (lines) return encode(events.map((event) => JSON.stringify(event) + newline).join(''))
  const text = isArray ? arrayOf(pair) : eventsOf(pair)
  return encode(text.replaceAll('\n', newline))
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function eventsOf({ events, done }: Pair): string {
  const named = (event: object) => ('type' in event ? `event: ${String(event.type)}\n` : '')
  return events.map((event) => `${named(event)}data: ${JSON.stringify(event)}\n\n`).join('') + done
}

/** Printed and parted as Google does. */
function arrayOf({ events, done }: Pair): string {
  return `[${events.map((event) => JSON.stringify(event, null, 2)).join('\n,\n')}\n${done}`
}
