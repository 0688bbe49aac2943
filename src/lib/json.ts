/**
 * JSON as it comes from outside, and readers for it that cannot fail.
 *
 * Whatever a provider, a client or a user hands us is `Json`; a reader gives the type asked for or
 * `undefined`, so that a surprising payload costs one field and never an exception.
 *
 * @module
 */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

const NOTHING: JsonObject = Object.freeze({})

/** The object's fields, or none if it is not an object: safe to destructure. */
export function fields(value: Json | undefined): JsonObject {
  return isObject(value) ? value : NOTHING
}

/** Any object, from anywhere: its properties may be looked at, and may be anything. */
export function isAnyObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}

export function isObject(value: Json | undefined): value is JsonObject {
  return isAnyObject(value) && !Array.isArray(value)
}

/** The array's items, or none if it is not an array. */
export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export function string(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A finite number; `NaN` and the infinities cannot be said in JSON and are not counts. */
export function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** What the text says as JSON, or `undefined` if it is none. */
export function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The members that are set: one that is `undefined` is not. */
export function defined<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  // By hand, as every call does it several times: entries, a filter and an object cost threefold.
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) kept[name] = value
  }
  return kept as Members // members of what was given
}
