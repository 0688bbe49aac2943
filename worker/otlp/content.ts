/**
 * Content that travels as text: JSON where it is some, else the text itself.
 *
 * @module
 */

import { parse, type Json } from '../../src/lib/json.ts'

/** Objects and lists as such; a text that merely looks like a number stays one. */
export function fromText(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  return parse(value) ?? value
}

/** Of senders that write every value as JSON, texts as well. */
export function fromJson(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? (parse(value) ?? value) : value
}

/** Texts as a list of objects, such as tools, each written as JSON of its own. */
export function eachFromText(value: Json | undefined): Json | undefined {
  const list = fromText(value)
  return Array.isArray(list) ? list.map((item: Json) => fromText(item) ?? item) : list
}
