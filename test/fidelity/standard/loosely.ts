/**
 * What the types refuse and programs do all the same.
 *
 * @module
 */

export function loosely(value: unknown): never {
  return value as never
}
