/**
 * Where two JSON values differ, and how alike they are.
 *
 * @module
 */

import { isObject, type Json } from '../json.ts'

export interface Difference {
  /** Such as `body.messages[0].content`. */
  path: string
  /** `undefined`: it is not there. */
  expected: Json | undefined
  found: Json | undefined
}

/** One by one, as they are asked for. The order of keys is none. */
export function* differences(
  expected: Json | undefined,
  found: Json | undefined,
  path = '',
): Generator<Difference> {
  if (Array.isArray(expected) && Array.isArray(found)) {
    for (let at = 0; at < Math.max(expected.length, found.length); at += 1)
      yield* differences(expected[at], found[at], `${path}[${at}]`)
    return
  }
  if (isObject(expected) && isObject(found)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(found)]))
      yield* differences(own(expected, name), own(found, name), path ? `${path}.${name}` : name)
    return
  }
  if (expected !== found) yield { path, expected, found }
}

function own(object: { readonly [name: string]: Json | undefined }, name: string) {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

export function isEqual(one: Json | undefined, other: Json | undefined): boolean {
  return differences(one, other).next().done === true
}

const MAX_LEAVES = 5_000

/** From 0 (nothing in common) to 1. Of texts that differ the words that they share count. */
export function likeness(one: Json | undefined, other: Json | undefined): number {
  const left = leaves(one)
  const right = leaves(other)
  const paths = new Set([...left.keys(), ...right.keys()])
  let common = 0
  for (const path of paths) common += alike(left.get(path), right.get(path))
  return paths.size === 0 ? 1 : common / paths.size
}

type Leaf = string | number | boolean | null

function leaves(json: Json | undefined): Map<string, Leaf> {
  const found = new Map<string, Leaf>()
  collect(json, '')
  return found

  function collect(value: Json | undefined, path: string): void {
    if (value === undefined || found.size === MAX_LEAVES) return
    if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) collect(member, `${path}.${name}`)
    } else found.set(path, value)
  }
}

function alike(one: Leaf | undefined, other: Leaf | undefined): number {
  if (one === other) return 1
  if (typeof one !== 'string' || typeof other !== 'string') return 0
  const [few = new Set(), many = new Set()] = [one, other]
    .map((text) => new Set(text.split(/\W+/, MAX_LEAVES).filter(Boolean)))
    .toSorted((left, right) => left.size - right.size)
  return many.size === 0 ? 0 : [...few].filter((word) => many.has(word)).length / many.size
}
