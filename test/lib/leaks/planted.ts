/**
 * Requests and replies with secrets in every text of theirs that a person or a model may have written.
 *
 * @module
 */

import { isAnyObject } from '../../../src/lib/json.ts'

/** Words of the APIs: with more in them a request or reply would be another one. */
const WORDS =
  /^(?:type|object|role|status|id|.*_id|.*Id|model|modelVersion|event|event_type|index|mime_?type|media_type|format|.*[rR]eason|provider|endpoint|signature|thoughtSignature|encrypted_content|data|b64_json|embedding|encoding.*|task.*|.*_tier|fingerprint|object_type|kind|phase|delta_type)$/

/** The same with the text added to every other text in it. */
export function planted<Value>(value: Value, text: string, name = ''): Value {
  return plant(value, text, name) as Value // the same shape
}

function plant(value: unknown, text: string, name: string): unknown {
  if (typeof value === 'string') return WORDS.test(name) ? value : added(value, text)
  if (Array.isArray(value)) return value.map((item) => plant(item, text, name))
  if (!isAnyObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, plant(member, text, key)]),
  )
}

/** Into JSON as a member, so that it stays JSON. */
function added(value: string, text: string): string {
  if (!/^\{.*\}$/s.test(value)) return `${value} ${text}`
  const more = JSON.stringify({ planted: text, deep: [{ in: { it: text } }] }).slice(1)
  return value === '{}' ? `{${more}` : `${value.slice(0, -1)},${more}`
}
