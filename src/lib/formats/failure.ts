/**
 * How APIs say that something went wrong, as an HTTP error or inside a stream that began well.
 *
 * @module
 */

import { fields, isObject, items, number, string, type Json } from '../json.ts'
import { mask } from '../redact.ts'
import type { ErrorRecord } from '../error-record.ts'

/**
 * Reads OpenAI's `{ error: { message, type, code } }` and `{ type: 'error', message, code }`,
 * Anthropic's `{ type: 'error', error }`, a bare string as error, `{ message }`, the `response` of
 * an event with any of these, and arrays of them; and Google's, whose type is called `status`;
 * Bedrock writes `Message` as well, Cloudflare a list of `errors`, Mistral one of `detail`, bare or as `message`, and Groq
 * a failure in the midst of a stream under `x_groq`.
 */
export function failure(
  body: Json | undefined,
): Pick<ErrorRecord, 'message' | 'code'> & { type?: string } {
  const said = fields(items(body)[0] ?? body)
  const held = said.response ?? (said.error ? undefined : said.x_groq)
  const outer = isObject(held) ? held : said
  const [first] = items(outer.errors ?? outer.error ?? outer.detail ?? fields(outer.message).detail)
  const inner = isObject(outer.error) ? outer.error : fields(first ?? outer)
  const message =
    string(inner.message ?? inner.Message ?? inner.msg) ??
    string(outer.error) ??
    string(outer.detail)
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
  const { error, object, type, response, success, x_groq } = fields(items(payload)[0] ?? payload)
  const isSaid = success === false || object === 'error' || type === 'error'
  return isSaid || Boolean(error ?? fields(response).error ?? fields(x_groq).error)
}

/** How long Google asks to be left alone, `34s` among the details of an error, in milliseconds. */
export function retryDelay(body: Json): number | undefined {
  const { error } = fields(items(body)[0] ?? body)
  const delays = items(fields(error).details).map((detail) => string(fields(detail).retryDelay))
  const seconds = Number.parseFloat(delays.find(Boolean) ?? '')
  return seconds >= 0 ? seconds * 1000 : undefined
}
