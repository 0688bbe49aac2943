/**
 * Token counts as records have them: totals, with every other count a part of one.
 *
 * @module
 */

import { defined, number, type Json, type JsonObject } from '../../src/lib/json.ts'

/** Beyond this it is no count of tokens. */
const MAX_TOKENS = 1_000_000_000

/** @param final Whether the call has come to its end. */
export function readCounts(usage: JsonObject, final: boolean): JsonObject {
  const { source, final: told, raw, seconds, ...counts } = usage
  const read = Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [name, count(value)]),
  )
  const { input, output, cacheRead = 0, cacheWrite = 0 } = read
  // More read from a cache than there was input: what was cached is told apart.
  const apart = input !== undefined && cacheRead + cacheWrite > input
  const all = apart ? input + cacheRead + cacheWrite : input
  const isCounted = Object.values(read).some((value) => value !== undefined)
  return {
    ...defined(read),
    ...defined({
      input: all,
      total: total(read.total, all, output, apart),
      seconds: number(seconds),
      raw,
    }),
    source: source ?? (isCounted ? 'provider' : 'absent'),
    final: typeof told === 'boolean' ? told : final && isCounted,
  }
}

function total(
  told: number | undefined,
  input: number | undefined,
  output: number | undefined,
  apart: boolean,
): number | undefined {
  if (told !== undefined && !apart) return told
  return input === undefined || output === undefined ? undefined : input + output
}

function count(value: Json | undefined): number | undefined {
  const amount =
    typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : number(value)
  return amount !== undefined && Number.isInteger(amount) && amount >= 0 && amount <= MAX_TOKENS
    ? amount
    : undefined
}
