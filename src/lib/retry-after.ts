/**
 * How long a server asks to be left alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @module
 */

/** In milliseconds: from OpenAI's `retry-after-ms`, or `retry-after` as seconds or as a date. */
export function retryAfter(headers: Headers): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  if (exact >= 0) return exact
  const header = headers.get('retry-after') ?? ''
  const seconds = Number(header || Number.NaN)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now(headers) : seconds * 1000
  return ms >= 0 ? ms : undefined
}

/** By the clock that a date beside it was read from, where that is said: it may be wrong by a day. */
function now(headers: Headers): number {
  return Date.parse(headers.get('date') ?? '') || Date.now()
}
