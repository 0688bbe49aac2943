/**
 * Values of attributes as the JSON that they stand for.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto
 * @module
 */

import { fields, isObject, items, string, type Json } from '../../src/lib/json.ts'
import { type Dropped, MAX_DEPTH } from './limits.ts'

/** `undefined` for what is no value; whole numbers beyond what a number holds stay text. */
export function plainValue(
  value: Json | undefined,
  dropped: Dropped,
  levels = MAX_DEPTH,
): Json | undefined {
  if (!isObject(value)) return undefined
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } =
    value
  if (typeof stringValue === 'string') return stringValue
  if (typeof boolValue === 'boolean') return boolValue
  if (intValue !== undefined) return whole(intValue)
  if (doubleValue !== undefined) return double(doubleValue)
  if (typeof bytesValue === 'string') return bytesValue
  if (!isObject(arrayValue) && !isObject(kvlistValue)) return undefined
  if (levels === 0) {
    dropped.deep += 1
    return undefined
  }
  if (isObject(arrayValue)) {
    return items(arrayValue.values).map((item) => plainValue(item, dropped, levels - 1) ?? null)
  }
  return Object.fromEntries(members(fields(kvlistValue).values, dropped, levels - 1))
}

/** Those that have a key, in their order. */
export function members(
  list: Json | undefined,
  dropped: Dropped,
  levels = MAX_DEPTH,
): [key: string, value: Json][] {
  return items(list).flatMap((member): [string, Json][] => {
    const { key, value } = fields(member)
    const plain = plainValue(value, dropped, levels)
    return typeof key === 'string' && plain !== undefined ? [[key, plain]] : []
  })
}

function whole(value: Json): Json | undefined {
  const text = typeof value === 'number' ? String(value) : string(value)
  if (text === undefined || !/^-?\d{1,20}$/.test(text)) return undefined
  return Number.isSafeInteger(Number(text)) ? Number(text) : text
}

/** What JSON cannot say as a number it says as text. */
function double(value: Json): Json | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}
