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

/** Deeper than any schema, and not so deep that what walks it, or writes it as text, has no stack left. */
const MAX_DEPTH = 200

/** What the text says as JSON, or `undefined` if it is none. What lies too deep is named, and left out. */
export function parse(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return isDeep(text) ? pruned(value, 0) : value
  } catch {
    return undefined
  }
}

function isDeep(text: string): boolean {
  if (text.length < 2 * MAX_DEPTH) return false
  let depth = 0
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; at += 1) {
    const character = text.charCodeAt(at)
    if (character === QUOTE) {
      // To its end: texts are most of it, and this is the fast way across.
      do at = text.indexOf('"', at + 1)
      while (isEscaped(text, at))
    } else if (character === OPEN || character === OPEN_LIST) depth += 1
    else if (character === CLOSE || character === CLOSE_LIST) depth -= 1
  }
  return depth > MAX_DEPTH
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
  return (at - before) % 2 === 1
}

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [34, 92, 123, 125, 91, 93]

function pruned(value: Json, depth: number): Json {
  if (!isAnyObject(value)) return value
  if (depth === MAX_DEPTH) return '[deeper]'
  if (Array.isArray(value)) return value.map((item: Json) => pruned(item, depth + 1))
  const members = Object.entries(value as JsonObject)
  return Object.fromEntries(
    members.map(([name, member = null]) => [name, pruned(member, depth + 1)]),
  )
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
