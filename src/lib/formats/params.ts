/**
 * Request parameters by their common names: each is kept if it has the type it should have.
 *
 * @module
 */

import { items, number, parse, string, type Json } from '../json.ts'
import type { RequestParams } from '../model-call.ts'

const TEXTS = new Set(['reasoningLevel', 'serviceTier', 'outputType', 'encodingFormat'])

export function params(found: { [Name in keyof RequestParams]?: Json | undefined }): RequestParams {
  const read: Record<string, Json> = {}
  for (const [name, value] of Object.entries(found)) {
    const param = value === undefined ? undefined : readParam(name, value)
    if (param !== undefined) read[name] = param
  }
  return read
}

function readParam(name: string, value: Json): Json | undefined {
  if (TEXTS.has(name)) return string(value)
  // A form says its numbers as text.
  if (name !== 'stop') return number(typeof value === 'string' ? parse(value) : value)
  const words =
    typeof value === 'string' ? [value] : items(value).filter((word) => typeof word === 'string')
  return words.length > 0 ? words : undefined
}
