/**
 * Request parameters by their common names: each is kept if it has the type it should have.
 *
 * @module
 */

import { defined, items, number, string, type Json } from '../json.ts'
import type { RequestParams } from '../record.ts'

const TEXTS = new Set(['reasoningLevel', 'serviceTier', 'outputType'])

export function params(found: { [Name in keyof RequestParams]?: Json | undefined }): RequestParams {
  return defined(
    Object.fromEntries(Object.entries(found).map(([name, value]) => [name, read(name, value)])),
  )
}

function read(name: string, value: Json | undefined): Json | undefined {
  if (TEXTS.has(name)) return string(value)
  if (name !== 'stop') return number(value)
  const words =
    typeof value === 'string' ? [value] : items(value).filter((word) => typeof word === 'string')
  return words.length > 0 ? words : undefined
}
