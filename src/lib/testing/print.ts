/**
 * JSON to be read and compared by people: indented, and lists of plain values on one line.
 *
 * @module
 */

import { isObject, type Json } from '../json.ts'

/** Ends with a line break, as files do. */
export function print(json: Json): string {
  return `${lines(json, '')}\n`
}

function lines(json: Json, indent: string): string {
  const inner = `${indent}  `
  if (isObject(json)) {
    const members = Object.entries(json).flatMap(([name, value]) =>
      value === undefined ? [] : [`${inner}${JSON.stringify(name)}: ${lines(value, inner)}`],
    )
    return members.length > 0 ? `{\n${members.join(',\n')}\n${indent}}` : '{}'
  }
  if (!Array.isArray(json)) return JSON.stringify(json)
  const list: readonly Json[] = json
  const isPlain = list.every((item) => typeof item !== 'object' || item === null)
  if (isPlain) return `[${list.map((item) => JSON.stringify(item)).join(', ')}]`
  return `[\n${list.map((item) => inner + lines(item, inner)).join(',\n')}\n${indent}]`
}
