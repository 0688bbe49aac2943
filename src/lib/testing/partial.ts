/**
 * Whether a value has what a part of it says.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'

/** What test frameworks make of `expect.any(String)` and the like. */
export interface Asymmetric {
  asymmetricMatch(found: unknown): boolean
}

/** A part of it: members that are left out may be anything, and texts may be told by a pattern. */
export type PartOf<Value> =
  | Asymmetric
  | (Value extends string
      ? Value | RegExp
      : Value extends readonly (infer Item)[]
        ? readonly PartOf<Item>[]
        : Value extends object
          ? MembersOf<Value>
          : Value)

export type MembersOf<Value> = {
  readonly [Name in keyof Value]?: PartOf<Value[Name]> | undefined
}

/** Where it has not, path by path: none if it has all. Lists have to be of one length. */
export function* lacking(part: unknown, found: unknown, path = ''): Generator<string> {
  if (holds(part, found)) return
  if (part instanceof RegExp || isAsymmetric(part) || !isAnyObject(part) || !isAnyObject(found)) {
    yield `${path}: expected ${show(part)}, found ${show(found)}`
    return
  }
  if (Array.isArray(part) && (!Array.isArray(found) || found.length !== part.length)) {
    yield `${path}: expected ${show(part)}, found ${show(found)}`
    return
  }
  for (const [name, member] of Object.entries(part)) {
    const inside = Array.isArray(part) ? `${path}[${name}]` : path ? `${path}.${name}` : name
    if (member !== undefined) yield* lacking(member, found[name], inside)
  }
}

function holds(part: unknown, found: unknown): boolean {
  if (isAsymmetric(part)) return part.asymmetricMatch(found)
  if (part instanceof RegExp) return typeof found === 'string' && found.search(part) >= 0
  return Object.is(part, found)
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return isAnyObject(value) && typeof value.asymmetricMatch === 'function'
}

const MAX_CHARS = 200

export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value instanceof RegExp) return String(value)
  const text = isAsymmetric(value)
    ? String(value)
    : (JSON.stringify(value, readable) ?? typeof value)
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text
}

function readable(_name: string, value: unknown): unknown {
  return value instanceof RegExp || isAsymmetric(value) ? String(value) : value
}
