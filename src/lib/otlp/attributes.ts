/**
 * Values as attributes, by a tree of names that has the shape of what it names.
 *
 * What is unknown (`undefined`, `null`) is not said: an unknown count is never 0.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import type { As, Name } from './names.ts'
import type { AnyValue, KeyValue } from './shape.ts'

export type Tree = Name | { readonly [field: string]: Tree }

/** What an attribute may be, of a profile's own or of a resource. */
export type Plain = string | number | boolean | readonly string[]

export interface Attributes {
  /** Every field that the tree names. */
  add(names: Tree, value: unknown): void
  set(name: string, value: unknown, as?: As): void
  list(): KeyValue[]
}

/** @param renamed For a name what it is called instead: several names, or none. */
export function createAttributes(
  renamed: Readonly<Record<string, string | readonly string[]>>,
): Attributes {
  const values = new Map<string, AnyValue>()
  return { add, set, list: () => [...values].map(([key, value]) => ({ key, value })) }

  function add(names: Tree, value: unknown): void {
    if (typeof names === 'string') return set(names, value)
    if (isName(names)) return set(names[0], value, names[1])
    if (names === null || !isAnyObject(value)) return
    for (const [field, below] of Object.entries(names)) add(below, under(value, field, below))
  }

  function set(name: string, value: unknown, as?: As): void {
    if (as === 'members') {
      if (!isAnyObject(value)) return
      for (const key of Object.keys(value)) put(name, value[key], undefined, `.${key}`)
    } else put(name, value, as, '')
  }

  function put(name: string, value: unknown, as: As | undefined, key: string): void {
    const said = toValue(value, as ?? (name.endsWith('_ms') ? 'double' : undefined))
    if (!said) return
    for (const each of [renamed[name] ?? name].flat()) values.set(wellFormed(each + key), said)
  }
}

function isName(names: Tree): names is readonly [string, As] {
  return Array.isArray(names)
}

/** Of a list of objects the field of each, where the name asks for that. */
function under(value: Record<PropertyKey, unknown>, field: string, names: Tree): unknown {
  if (!Array.isArray(value)) return value[field]
  if (names === null) return undefined
  return value.map((item: unknown) => (isAnyObject(item) ? item[field] : undefined))
}

function toValue(value: unknown, as: As | undefined): AnyValue | undefined {
  if (value === undefined || value === null) return undefined
  switch (as) {
    case 'json':
      return { stringValue: wellFormed(asText(value)) }
    case 'list':
      return toValue([value], undefined)
    case 'each':
    case 'reasons':
      return someOf(value, as === 'reasons' ? 'error' : '')
    case 'truthy':
      return value ? toValue(value, undefined) : undefined
    case 'plural':
      return value === 1 ? undefined : toValue(value, undefined)
    case 'seconds':
      return typeof value === 'number' ? toDouble(value / 1000) : undefined
    case 'double':
      return typeof value === 'number' ? toDouble(value) : undefined
    default:
      return plainly(value)
  }
}

function plainly(value: unknown): AnyValue | undefined {
  if (Array.isArray(value) && value.length === 0) return undefined
  if (typeof value === 'string') return { stringValue: wellFormed(value) }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : toDouble(value)
  }
  const texts = Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (!texts) return { stringValue: wellFormed(asText(value)) }
  return {
    arrayValue: { values: value.map((text: string) => ({ stringValue: wellFormed(text) })) },
  }
}

/** The infinities are no JSON; no record has them but one that was made by hand. */
function toDouble(value: number): AnyValue {
  return Number.isFinite(value) ? { doubleValue: value } : { stringValue: String(value) }
}

/** In the order of the answers; none where there is none. */
function someOf(value: unknown, missing: string): AnyValue | undefined {
  const texts = Array.isArray(value) ? value : []
  if (texts.every((text) => text === undefined)) return undefined
  return plainly(texts.map((text: unknown) => (typeof text === 'string' ? text : missing)))
}

/** Text as it is, all else as JSON: nearly all receivers show texts, and few a structure. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Half a character, where a limit or a stream cut it, is no UTF-8: receivers refuse all of the request. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
