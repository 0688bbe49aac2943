/**
 * The attributes of a span, and which of them have been understood.
 *
 * What nobody has asked for by the end is left for the step's metadata, so that nothing gets lost for
 * want of a reader.
 *
 * @module
 */

import type { Json } from '../../src/lib/json.ts'

export interface Attributes {
  /** The value, which counts as understood from now on. */
  take(name: string): Json | undefined
  /** The same, and the value stays for others. */
  look(name: string): Json | undefined
  /** Those whose names begin so and that nobody has taken, by the rest of the name; they count as understood. */
  under(prefix: string): [rest: string, value: Json][]
  has(prefix: string): boolean
  /** Says what nobody has said: what is there already stays. */
  say(name: string, value: Json | undefined): void
  /** Says what has been said, in other words. */
  reword(name: string, words: (value: Json) => Json | undefined): void
  /** What is left, in the order sent. */
  rest(): [name: string, value: Json][]
}

export function createAttributes(sent: readonly (readonly [string, Json])[]): Attributes {
  const values = new Map(sent)
  const understood = new Set<string>()

  return {
    take(name) {
      understood.add(name)
      return values.get(name)
    },
    look: (name) => values.get(name),
    under(prefix) {
      const found: [string, Json][] = []
      for (const [name, value] of values) {
        if (!name.startsWith(prefix) || understood.has(name)) continue
        understood.add(name)
        found.push([name.slice(prefix.length), value])
      }
      return found
    },
    has: (prefix) => [...values.keys()].some((name) => name.startsWith(prefix)),
    say(name, value) {
      if (value !== undefined && value !== null && !values.has(name)) values.set(name, value)
    },
    reword(name, words) {
      const value = values.get(name)
      if (value !== undefined) values.set(name, words(value) ?? value)
    },
    rest: () => [...values].filter(([name]) => !understood.has(name)),
  }
}
