/**
 * Objects from outside without what is not set, and words of a list.
 *
 * @module
 */

import type { Json } from '../../src/lib/json.ts'

export function oneOf<Word extends string>(
  words: readonly Word[],
  value: Json | undefined,
): Word | undefined {
  return words.find((word) => word === value)
}

export type Defined<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key]
} & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** The same without what is undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(entries) as Defined<T>
}
