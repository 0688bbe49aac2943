/**
 * Numbers as people read them: durations, counts, sizes and moments, each with few digits and
 * always the same width of meaning, so that columns can be compared by eye.
 *
 * @module
 */

const SECOND = 1_000_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** `985 ms`, `1.40 s`, `12.3 s`, `1:06.2`, `1:06:02`. */
export function duration(us: number): string {
  const span = Math.max(us, 0)
  if (span === 0) return '0 ms'
  if (span < 995) return `${(span / 1000).toFixed(2)} ms`
  if (span < 9_950) return `${(span / 1000).toFixed(1)} ms`
  if (span < 999_500) return `${Math.round(span / 1000)} ms`
  if (span < 9.995 * SECOND) return `${(span / SECOND).toFixed(2)} s`
  if (span < 59.95 * SECOND) return `${(span / SECOND).toFixed(1)} s`
  if (span < HOUR - SECOND / 20) {
    const tenths = Math.round(span / 100_000)
    return `${Math.floor(tenths / 600)}:${pad(Math.floor((tenths % 600) / 10))}.${tenths % 10}`
  }
  const seconds = Math.round(span / SECOND)
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}

/** Every digit: `12,345`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Exact below ten thousand, then `12.3k` and `9.8M`. */
export function compact(value: number): string {
  if (value < 10_000) return count(value)
  if (value < 999_950) return `${(value / 1000).toFixed(1)}k`
  return `${(value / 1_000_000).toFixed(1)}M`
}

/** `17 B`, `1.5 kB`, `3.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** Two digits at the least: `$4.12`, `$0.043`, `$0.00081`. */
export function dollars(usd: number): string {
  if (usd === 0) return '$0'
  const decimals = usd >= 0.1 ? 2 : Math.min(1 - Math.floor(Math.log10(usd)), 10)
  const [whole = '', fraction] = usd.toFixed(decimals).split('.')
  return `$${count(Number(whole))}.${fraction}`
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface Moment {
  iso: string
  /** `23 Nov 2026`, in UTC. */
  day: string
  /** `13:02:11`, in UTC. */
  clock: string
}

/** A moment in UTC; beyond what a date can say, the number itself. */
export function moment(us: number): Moment {
  const date = new Date(us / 1000)
  if (Number.isNaN(date.getTime())) return { iso: '', day: String(us), clock: '' }
  const iso = date.toISOString()
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return { iso, day, clock: iso.slice(iso.indexOf('T') + 1, -5) }
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
