/**
 * How APIs say that something went wrong, as an HTTP error or inside a stream that began well.
 *
 * @module
 */

import { fields, isObject, items, number, string, type Json } from '../json.ts'
import { mask } from '../redact.ts'
import type { ErrorRecord } from '../record.ts'

/**
 * Reads OpenAI's `{ error: { message, type, code } }` and `{ type: 'error', message, code }`,
 * Anthropic's `{ type: 'error', error }`, a bare string as error, `{ message }`, the `response` of
 * an event with any of these, and arrays of them; and Google's, whose type is called `status`;
 * Bedrock writes `Message` as well, Cloudflare a list of `errors`.
 */
export function failure(
  body: Json | undefined,
): Pick<ErrorRecord, 'message' | 'code'> & { type?: string } {
  const said = fields(items(body)[0] ?? body)
  const outer = isObject(said.response) ? said.response : said
  const [first] = items(outer.errors ?? outer.error)
  const inner = isObject(outer.error) ? outer.error : fields(first ?? outer)
  const message =
    string(inner.message ?? inner.Message) ?? string(outer.error) ?? string(outer.detail)
  const code = string(inner.code) ?? number(inner.code)?.toString()
  const type = (inner.type !== 'error' && string(inner.type)) || string(inner.status) || code
  return {
    ...(type && { type }),
    ...(code && { code }),
    ...(message && { message: mask(message) }),
  }
}

/** Whether an event of a stream says that the stream has failed. */
export function isFailure(payload: Json): boolean {
  const { error, object, type, response, success } = fields(items(payload)[0] ?? payload)
  const isSaid = success === false || object === 'error' || type === 'error'
  return isSaid || Boolean(error ?? fields(response).error)
}
