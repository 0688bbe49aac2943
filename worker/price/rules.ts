/**
 * The prices that a project sets itself: what it has agreed on, and models that nobody else prices.
 *
 * @module
 */

import { number, type JsonObject } from '../../src/lib/json.ts'
import type { PriceRule } from '../store/price.ts'

const MILLION = 1e6

export interface Called {
  provider: string | null
  /** The most exact first. */
  models: readonly (string | null | undefined)[]
  /** As in a record: totals, with the other counts as parts of them. */
  usage: JsonObject
}

/** The first rule that fits, by the most exact name of the model. */
export function ruleFor(rules: readonly PriceRule[], called: Called): PriceRule | undefined {
  for (const model of called.models) {
    if (!model) continue
    const rule = rules.find((one) => isModel(one.model, model) && isProvider(one, called))
    if (rule) return rule
  }
  return undefined
}

function isModel(wanted: string, model: string): boolean {
  return wanted.endsWith('*') ? model.startsWith(wanted.slice(0, -1)) : model === wanted
}

function isProvider({ provider }: PriceRule, called: Called): boolean {
  return provider === undefined || provider === called.provider
}

/** In US dollars; `undefined` where a count that is paid for is not known. */
export function costByRule(
  rule: PriceRule,
  usage: JsonObject,
): { input: number; output: number } | undefined {
  const input = number(usage.input)
  const output = number(usage.output)
  if (input === undefined || (output === undefined && rule.output > 0)) return undefined
  const read = Math.min(number(usage.cacheRead) ?? 0, input)
  const written = Math.min(number(usage.cacheWrite) ?? 0, input - read)
  return {
    input:
      ((input - read - written) * rule.input +
        read * (rule.cacheRead ?? rule.input) +
        written * (rule.cacheWrite ?? rule.input)) /
      MILLION,
    output: ((output ?? 0) * rule.output) / MILLION,
  }
}
