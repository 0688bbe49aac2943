/**
 * Amounts with units, as people write them: `2s`, `0.01`, `4k`.
 *
 * @module
 */

import type { NumberField } from '../store/query.ts'

type Unit = 'duration' | 'dollars' | 'count'

const UNITS: Record<NumberField, Unit> = {
  latency: 'duration',
  firstText: 'duration',
  cost: 'dollars',
  tokens: 'count',
  steps: 'count',
  errors: 'count',
}

const FACTORS: Record<Unit, Record<string, number>> = {
  duration: {
    us: 1,
    µs: 1,
    ms: 1000,
    s: 1_000_000,
    m: 60_000_000,
    min: 60_000_000,
    h: 3_600_000_000,
  },
  dollars: { '': 1e9 },
  count: { '': 1, k: 1000, m: 1_000_000 },
}

const EXAMPLES: Record<Unit, string> = {
  duration: 'a duration such as 500ms, 2s or 1.5min',
  dollars: 'US dollars such as 0.01',
  count: 'a number such as 20 or 4k',
}

/** In the unit of the store: microseconds, billionths of a dollar, pieces. */
export function readAmount(field: NumberField, text: string): number | undefined {
  const unit = UNITS[field]
  const [, digits = '', suffix = ''] =
    /^\$?(\d{1,12}(?:\.\d{1,12})?)\s*([a-zµ]*)$/i.exec(text) ?? []
  const factors = FACTORS[unit]
  const name = suffix.toLowerCase()
  const factor = Object.hasOwn(factors, name) ? factors[name] : undefined
  if (digits === '' || factor === undefined || (unit !== 'dollars' && text.startsWith('$'))) {
    return undefined
  }
  const amount = Math.round(Number(digits) * factor)
  return Number.isSafeInteger(amount) ? amount : undefined
}

export function amountExample(field: NumberField): string {
  return EXAMPLES[UNITS[field]]
}
