/**
 * What went wrong, as a record says it: with its causes.
 *
 * @module
 */

export interface ErrorRecord {
  /** `error.type`: provider code, else exception name, else HTTP status, else `_OTHER`. */
  type: string
  message?: string
  code?: string
  /** HTTP status, where the error is an answer. */
  status?: number
  /** Where a call failed. */
  phase?: 'network' | 'http' | 'stream' | 'decode'
  stack?: string
  cause?: ErrorRecord
}
