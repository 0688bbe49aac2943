/**
 * What a call cost, by the rates of its provider on the day that it was made.
 *
 * A cost is shown only where it can be billed on: the provider is the one that was dialled, the model is
 * priced, and what it used is known. What the provider itself says it charges counts before any rate.
 * Stores keep what this gives, and ask again when rates change, so that a corrected rate corrects what is past
 * as well.
 *
 * @see https://github.com/pydantic/genai-prices
 * @module
 */

import { calcPrice, type ModelPrice } from '@pydantic/genai-prices'
import { fields, isObject, number, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import type { PriceRule } from '../store/price.ts'
import { attempt } from './attempt.ts'
import { providerOf } from './biller.ts'
import { costByRule, ruleFor } from './rules.ts'

export interface Cost {
  usd: number
  /**
   * `project`: by prices that the project set itself. `cache`: a gateway answered by itself, which nobody
   * bills for.
   */
  source: 'provider' | 'project' | 'rates' | 'cache'
  /** Of the input and of the output, where it is computed. */
  input?: number
  output?: number
  /** US dollars for a million tokens, by what they are. */
  rates: [of: string, usd: number][]
  /** The stream ended before its last count: it cost at least this. */
  atLeast: boolean
}

export interface Billed {
  /** `call.http.url`: who was dialled. */
  url: string | undefined
  /** `call.via`: behind a gateway that hands on requests, the provider it names is who bills. */
  via?: JsonObject | undefined
  /** Who is said to have answered; counts where nobody was seen to be dialled. */
  provider: string | null
  /** The most exact first: the model that answered, the one that was asked for. */
  models: readonly (string | null | undefined)[]
  /** `response.serviceTier`: other tiers have other rates. */
  tier: string | undefined
  /** As in a record: totals, with the other counts as parts of them. */
  usage: JsonObject
  atUs: number
}

const USUAL_TIERS = new Set(['default', 'standard', 'auto', 'on_demand'])

export function costOf(billed: Billed, rules: readonly PriceRule[] = []): Cost | undefined {
  if (billed.via?.cache === 'hit') return { usd: 0, source: 'cache', rates: [], atLeast: false }
  const charged = chargedFor(fields(billed.usage.raw))
  const atLeast = billed.usage.final === false
  if (charged !== undefined) return { usd: charged, source: 'provider', rates: [], atLeast }
  const rule = ruleFor(rules, billed)
  if (rule) return ruled(rule, billed.usage, atLeast)
  if (billed.tier !== undefined && !USUAL_TIERS.has(billed.tier)) return undefined
  const providerId = providerOf(billed)
  const usage = countsOf(billed.usage)
  if (!providerId || !usage) return undefined
  const timestamp = new Date(billed.atUs / 1000)
  for (const model of billed.models) {
    const price = model ? attempt(() => calcPrice(usage, model, { providerId, timestamp })) : null
    if (!price) continue
    const isWhole = usage.output_tokens !== undefined || !('output_mtok' in price.model_price)
    if (!isWhole) return undefined // what was written was not counted, and is paid for
    return {
      usd: price.total_price,
      source: 'rates',
      input: price.input_price,
      output: price.output_price,
      rates: ratesOf(price.model_price),
      atLeast,
    }
  }
  return undefined
}

function ruled(rule: PriceRule, usage: JsonObject, atLeast: boolean): Cost | undefined {
  const cost = costByRule(rule, usage)
  const rates: [of: string, usd: number][] = [['input', rule.input]]
  if (rule.cacheRead !== undefined) rates.push(['cache read', rule.cacheRead])
  if (rule.cacheWrite !== undefined) rates.push(['cache write', rule.cacheWrite])
  rates.push(['output', rule.output])
  return cost && { usd: cost.input + cost.output, source: 'project', ...cost, rates, atLeast }
}

/** OpenRouter and Perplexity in dollars, xAI in ten thousand millionths of one. */
function chargedFor({ cost, cost_in_usd_ticks: ticks }: JsonObject): number | undefined {
  const told = number(cost) ?? number(fields(cost).total_cost)
  const counted = number(ticks)
  return told ?? (counted === undefined ? undefined : counted / 1e10)
}

/** None where the input is unknown: it is the larger part of most bills. */
function countsOf(usage: JsonObject): Record<string, number | undefined> | undefined {
  const input = number(usage.input)
  if (input === undefined) return undefined
  return {
    input_tokens: input,
    output_tokens: number(usage.output),
    cache_read_tokens: number(usage.cacheRead),
    cache_write_tokens: number(usage.cacheWrite),
    cache_write_1h_tokens: number(usage.cacheWrite1h),
    input_audio_tokens: number(usage.audioInput),
    output_audio_tokens: number(usage.audioOutput),
  }
}

const RATES: readonly (readonly [key: string, of: string])[] = [
  ['input_mtok', 'input'],
  ['cache_read_mtok', 'cache read'],
  ['cache_write_mtok', 'cache write'],
  ['cache_write_1h_mtok', 'cache write, 1 h'],
  ['output_mtok', 'output'],
]

/** Of a rate in tiers the first: the computed cost says what the others came to. */
function ratesOf(prices: ModelPrice): [string, number][] {
  return RATES.flatMap(([key, of]): [string, number][] => {
    const rate = prices[key]
    const usd = typeof rate === 'object' ? rate.base : rate
    return usd === undefined ? [] : [[of, usd]]
  })
}

/** What of a call the cost is computed from; any client may have written it. */
export function billedOf(
  call: JsonObject,
  span: {
    provider: string | null
    model: string | null
    startUs: number
    inputTokens: number | null
    outputTokens: number | null
  },
): Billed {
  const response = fields(call.response)
  const told: Json | undefined = call.usage
  return {
    url: string(fields(call.http).url) || undefined, // empty in what others have traced
    via: isObject(call.via) ? call.via : undefined,
    provider: span.provider,
    models: modelsOf(call, [
      string(response.model),
      span.model,
      string(fields(call.request).model),
    ]),
    tier: string(response.serviceTier),
    usage:
      told === undefined ? { input: span.inputTokens, output: span.outputTokens } : fields(told),
    atUs: span.startUs,
  }
}

type Named = Billed['models']

/** Of Bedrock first what was asked for: it names the region, which has rates of its own. */
function modelsOf({ provider, via }: JsonObject, exact: Named): Named {
  const models = provider === 'aws.bedrock' ? exact.toReversed() : exact
  if (via === undefined) return models
  // A gateway writes its name for the provider before the provider's name for the model.
  return models.flatMap((model) => [
    model,
    model?.replace(/^[^/]+\//, ''),
    model?.replace(/^.*\//, ''),
  ])
}
