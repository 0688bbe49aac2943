/**
 * What Cohere's endpoints have in common: how they count, and what is billed of it.
 *
 * @see https://docs.cohere.com/docs/how-does-cohere-pricing-work
 * @module
 */

import { fields, number, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { inclusiveUsage } from './usage.ts'

/** The units that are billed. Tokens consumed beside them, for Cohere's own words, are in `raw` alone. */
export function readUsage(call: ModelCall, usage: Json | undefined): void {
  const { billed_units, cached_tokens } = fields(usage)
  const { input_tokens, output_tokens, search_units } = fields(billed_units)
  const input = number(input_tokens)
  const output = number(output_tokens)
  const searchUnits = number(search_units)
  if (usage === undefined || (input ?? output ?? searchUnits) === undefined) return
  const total = input === undefined || output === undefined ? undefined : input + output
  const cached = number(cached_tokens) ?? 0
  // More cached than billed is of the tokens consumed, and no part of what is billed.
  const cacheRead = cached > (input ?? 0) ? undefined : number(cached_tokens)
  call.usage = inclusiveUsage({ input, output, total, cacheRead, searchUnits }, usage)
}
