/**
 * What calls used, attempts included, or that it is not known.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { Usage } from '../usage.ts'

export interface Tokens {
  input: number | undefined
  output: number | undefined
  total: number | undefined
}

const NONE: Tokens = { input: 0, output: 0, total: 0 }

/** A request that was refused used none, and neither does one that only counts; else what is unsaid is unknown. */
export function tokensOf({ call }: SpanRecord): Tokens {
  if (!call || call.operation === 'count_tokens') return NONE
  const attempts = (call.attempts ?? []).map(({ status, usage }) => counted(status, usage))
  return [counted(call.http.status, call.usage), ...attempts].reduce(sum)
}

/** Of all of them; unknown if one is. */
export function sumOf(records: readonly SpanRecord[]): Tokens {
  return records.map(tokensOf).reduce(sum, NONE)
}

function counted(status: number | undefined, usage: Usage | undefined): Tokens {
  if (status !== undefined && status >= 400) return NONE
  const { input = null, output = null, total = null } = usage?.final ? usage : {}
  const both = input === null || output === null ? undefined : input + output
  return { input: input ?? undefined, output: output ?? undefined, total: total ?? both }
}

function sum(one: Tokens, two: Tokens): Tokens {
  return {
    input: plus(one.input, two.input),
    output: plus(one.output, two.output),
    total: plus(one.total, two.total),
  }
}

function plus(one: number | undefined, two: number | undefined): number | undefined {
  return one === undefined || two === undefined ? undefined : one + two
}
