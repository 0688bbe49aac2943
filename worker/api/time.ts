/**
 * Times as ISO 8601 text and as integer microseconds since 1970.
 *
 * @module
 */

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/

/** Microseconds of these are exact numbers, and so are the differences of any two. */
const FIRST_US = Date.UTC(1900, 0) * 1000
const LAST_US = Date.UTC(2200, 0) * 1000 + 365 * 86_400_000_000

export function inRange(us: number): boolean {
  return us >= FIRST_US && us < LAST_US
}

/**
 * A date, or a date and time; without an offset it is UTC, as Python's `isoformat` means it.
 *
 * @returns `undefined` if the text is none, or is before 1900 or after 2200.
 */
export function readTime(text: string): number | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0))
  const [fraction = '', offset = 'Z'] = match.slice(7)
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute))
  const isReal =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    second <= 60 // a leap second
  const offsetMinutes = readOffset(offset)
  if (!isReal || offsetMinutes === undefined) return undefined
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'))
  const us = (date.getTime() / 1000 + second - offsetMinutes * 60) * 1_000_000 + micros
  return inRange(us) ? us : undefined
}

export function writeTime(us: number): string {
  const micros = String(((us % 1000) + 1000) % 1000).padStart(3, '0')
  return new Date(Math.floor(us / 1000)).toISOString().replace('Z', `${micros}Z`)
}

function readOffset(offset: string): number | undefined {
  if (offset === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || 0)
  if (hours > 23 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
