/**
 * JSON as text, for showing and for measuring.
 *
 * @module
 */

import { fields, parse, type JsonObject } from '../../src/lib/json.ts'

/** `undefined` for what is nested deeper than the engine can write. */
export function jsonText(value: unknown, indent = 0): string | undefined {
  try {
    return JSON.stringify(value, null, indent)
  } catch {
    return undefined
  }
}

/** Data that claims a type, as the JSON object that it is: any client may have written it. */
export function fromOutside(value: object | null): JsonObject {
  return fields(parse(jsonText(value) ?? 'null'))
}
