/**
 * Arguments of a function call that Google streams piece by piece, each with its place in the whole.
 *
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling
 * @module
 */

import { fields, items, string, type Json } from '../json.ts'

/** Deeper than any schema; what lies beyond stands there. */
const MAX_DEPTH = 64

/** The arguments with one more piece: `{ jsonPath: '$.stops[0].city', stringValue: 'Züri' }`. */
export function withPiece(all: Json, piece: Json): Json {
  const { jsonPath, stringValue, numberValue, boolValue, nullValue } = fields(piece)
  const value = stringValue ?? numberValue ?? boolValue ?? (nullValue && null)
  const path = string(jsonPath)?.match(/[^$.[\]'"]+/g) ?? []
  return value === undefined ? all : put(all, path.slice(0, MAX_DEPTH), value)
}

/** Pieces of a text are joined. */
function put(into: Json | undefined, [name, ...rest]: readonly string[], value: Json): Json {
  if (name === undefined)
    return typeof into === 'string' && typeof value === 'string' ? into + value : value
  if (!/^\d+$/.test(name)) return { ...fields(into), [name]: put(fields(into)[name], rest, value) }
  const list = [...items(into)]
  const at = Math.min(Number(name), list.length) // no gaps
  list[at] = put(list[at], rest, value)
  return list
}
