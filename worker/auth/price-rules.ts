/**
 * The prices of a project as somebody asks for them, and as the directory keeps them.
 *
 * @module
 */

import { isObject, type Json, type JsonObject, number, string } from '../../src/lib/json.ts'
import type { PriceRule } from '../store/price.ts'
import { Invalid } from './invalid.ts'

export const MAX_PRICE_RULES = 200

const MAX_NAME_CHARS = 200

/** US dollars for a million tokens: more than any model costs. */
export const MAX_PRICE = 1_000_000

const AMOUNTS = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
} as const

/**
 * Such as `[{"model": "gpt-5*", "provider": "openai", "input": 1.25, "output": 10, "cache_read": 0.1}]`.
 *
 * @throws {Invalid}
 */
export function readPriceRules(value: Json): PriceRule[] {
  if (!Array.isArray(value)) throw new Invalid('`prices` must be an array')
  if (value.length > MAX_PRICE_RULES) {
    throw new Invalid(`there may be ${MAX_PRICE_RULES} prices, found ${value.length}`)
  }
  return value.map((rule: Json, index) => readRule(rule, `prices[${index}]`))
}

function readRule(value: Json, where: string): PriceRule {
  if (!isObject(value)) throw new Invalid(`\`${where}\` must be an object`)
  const { model, provider, ...amounts } = value
  const unknown = Object.keys(amounts).find((name) => !Object.hasOwn(AMOUNTS, name))
  if (unknown !== undefined) {
    const names = ['model', 'provider', ...Object.keys(AMOUNTS)].join(', ')
    throw new Invalid(`a field of \`${where}\` is not known; there are ${names}`)
  }
  const input = readAmount(amounts, 'input', where)
  const output = readAmount(amounts, 'output', where)
  if (input === undefined || output === undefined) {
    throw new Invalid(`\`${where}\` must have the prices of \`input\` and \`output\``)
  }
  const cacheRead = readAmount(amounts, 'cache_read', where)
  const cacheWrite = readAmount(amounts, 'cache_write', where)
  const from =
    provider === undefined || provider === null
      ? undefined
      : readName(provider, `${where}.provider`)
  return {
    model: readName(model, `${where}.model`),
    ...(from !== undefined && { provider: from }),
    input,
    output,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  }
}

function readName(value: Json | undefined, where: string): string {
  const name = string(value)?.trim()
  if (!name || name.length > MAX_NAME_CHARS) {
    throw new Invalid(`\`${where}\` must be a name of up to ${MAX_NAME_CHARS} characters`)
  }
  return name
}

function readAmount(
  amounts: JsonObject,
  name: keyof typeof AMOUNTS,
  where: string,
): number | undefined {
  const value = amounts[name]
  if (value === undefined || value === null) return undefined
  const amount = number(value)
  if (amount === undefined || amount < 0 || amount > MAX_PRICE) {
    throw new Invalid(
      `\`${where}.${name}\` must be US dollars for a million tokens, from 0 to ${MAX_PRICE}`,
    )
  }
  return amount
}

/** As the API shows them and takes them. */
export function priceRuleJson(rule: PriceRule) {
  return {
    model: rule.model,
    provider: rule.provider ?? null,
    input: rule.input,
    output: rule.output,
    cache_read: rule.cacheRead ?? null,
    cache_write: rule.cacheWrite ?? null,
  }
}
