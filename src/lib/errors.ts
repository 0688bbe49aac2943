/**
 * The one error of this package, and how any error is written into a record.
 *
 * Codes are API; wording is not. A message says what was wrong, what was found and what to do, and
 * never holds a key, a prompt or a URL's query.
 *
 * @module
 */

import type { ErrorRecord } from './error-record.ts'

export type TraceErrorCode =
  /** An option of `init`, `createTracer`, `trace` or `span` is misspelt or impossible. */
  | 'invalid_option'
  /** `wrap` was given something that takes no `fetch` after it was made. */
  | 'cannot_wrap'
  /** The runtime does not let its global `fetch` be replaced. */
  | 'cannot_patch'
  /** `@trace` was compiled with `experimentalDecorators`. */
  | 'legacy_decorator'
  /** The runtime carries no context across `await`, so nesting has to be told. */
  | 'no_async_context'
  /** There is nowhere to send records to. */
  | 'no_api_key'
  /** A batch could not be sent and will not be tried again; its records are lost. */
  | 'export_failed'
  /** The collector refused a record. */
  | 'record_rejected'
  /** The queue was full; a record was dropped. */
  | 'queue_full'
  /** A rule of `redact` failed; its record was kept without content. */
  | 'redaction_failed'
  /** The rule `keep` failed; its trace was kept. */
  | 'sampling_failed'
  /** Something of a call could not be read. The call itself went on untouched. */
  | 'capture_failed'
  /** What looks like a call to a model is of no format that is known, and not recorded; told once a host. */
  | 'unread_call'
  /** A cassette's file cannot be read or written, or holds none. */
  | 'no_cassette'
  /** A cassette has no recording of a request. */
  | 'no_recording'

/** Thrown while setting up; handed to `onError` ever after. */
export class TraceError extends Error {
  override readonly name = 'TraceError'
  readonly code: TraceErrorCode

  constructor(code: TraceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const MAX_STACK = 8_000
const MAX_CAUSES = 5

/** What was thrown, whatever it is, with its causes. `mask` goes over every text in it. */
export function errorRecord(
  thrown: unknown,
  mask: (text: string) => string,
  causes: number = MAX_CAUSES,
): ErrorRecord {
  if (!(thrown instanceof Error)) return { type: '_OTHER', message: mask(text(thrown)) }
  const { name, message, stack, cause } = thrown
  const record: ErrorRecord = { type: text(name), message: mask(text(message)) }
  if (typeof stack === 'string') record.stack = mask(stack.slice(0, MAX_STACK))
  if (cause !== undefined && causes > 0) record.cause = errorRecord(cause, mask, causes - 1)
  return record
}

/** Why something failed, in words: runtimes say what really happened in the cause alone. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return text(thrown)
  const { message, cause } = thrown
  const why = cause instanceof Error ? cause.message || text(Reflect.get(cause, 'code')) : ''
  return why && !message.includes(why) ? `${message} (${why})` : message
}

/** `String` calls the value's own `toString`, which may throw. */
function text(value: unknown): string {
  try {
    return String(value)
  } catch {
    return typeof value
  }
}
