/**
 * How APIs say that something went wrong, as an HTTP error or inside a stream that began well.
 *
 * @module
 */

import { fields, isObject, items, number, string, type Json } from '../json.ts'
import { mask } from '../redact.ts'
import type { ErrorRecord } from '../record.ts'

/**
 * Reads OpenAI's `{ error: { message, type, code } }`, Anthropic's `{ type: 'error', error }`, a bare
 * string as error, `{ message }`, and arrays of these.
 */
export function failure(
  body: Json | undefined,
): Pick<ErrorRecord, 'message' | 'code'> & { type?: string } {
  const outer = fields(items(body)[0] ?? body)
  const inner = isObject(outer.error) ? outer.error : outer
  const message = string(inner.message) ?? string(outer.error) ?? string(outer.detail)
  const code = string(inner.code) ?? number(inner.code)?.toString()
  const type = string(inner.type) ?? code
  return {
    ...(type && { type }),
    ...(code && { code }),
    ...(message && { message: mask(message) }),
  }
}

/** Whether an event of a stream says that the stream has failed. */
export function isFailure(payload: Json): boolean {
  const { error, object } = fields(payload)
  return (error !== undefined && error !== null) || object === 'error'
}
