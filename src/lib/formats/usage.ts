/**
 * Token counts as one can bill on them: totals, with every other count a part of a total.
 *
 * Providers disagree on what is inside what. Each format says its counts as it has them, and the
 * doubtful cases are settled here by arithmetic, in one place.
 *
 * @module
 */

import { defined, type Json } from '../json.ts'
import type { Usage } from '../usage.ts'

/** Nothing is known. */
export function absentUsage(): Usage {
  return {
    source: 'absent',
    final: false,
    input: null,
    output: null,
    total: null,
    cacheRead: null,
    cacheWrite: null,
    cacheWrite1h: null,
    reasoning: null,
  }
}

/** Counts as a provider says them; `undefined` is what it did not say. */
export type Counts = {
  [Name in Exclude<keyof Usage, 'source' | 'final' | 'raw'>]?: number | undefined
}

/** Writes counts of a provider that tells its input without what was cached. */
export function exclusiveUsage(counts: Counts, raw?: Json): Usage {
  const { output, cacheRead = 0, cacheWrite = 0 } = counts
  const input = counts.input === undefined ? undefined : counts.input + cacheRead + cacheWrite
  const total = input === undefined || output === undefined ? undefined : input + output
  return {
    ...absentUsage(),
    ...defined({ ...counts, input, total, raw }),
    source: 'provider',
    final: true,
  }
}

/**
 * Writes counts of a provider that takes cached tokens as part of its input.
 *
 * Reasoning outside the output (xAI, Gemini) shows in the total: if it is the sum of all three, output
 * has to take reasoning in, and also where it is more than the output. More cached than input means
 * that cache was apart.
 *
 * @param isApart Reasoning is outside the output, whatever the total says.
 */
export function inclusiveUsage(counts: Counts, raw: Json, isApart = false): Usage {
  const { input, output, total, reasoning = 0, cacheRead = 0 } = counts
  const apart = input !== undefined && cacheRead > input
  const outside =
    reasoning > 0 &&
    input !== undefined &&
    output !== undefined &&
    (isApart || total === input + output + reasoning || reasoning > output)
  return {
    ...absentUsage(),
    ...defined(counts),
    ...(apart && { input: input + cacheRead }),
    ...(outside && { output: output + reasoning }),
    source: 'provider',
    final: true,
    raw,
  }
}
