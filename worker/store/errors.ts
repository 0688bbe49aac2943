/**
 * What a store refuses, told apart by code.
 *
 * @module
 */

export type StoreErrorCode =
  /** `before` is not a cursor that `list` gave. */
  | 'invalid_cursor'
  /** Too many write to the same spans at the same time. */
  | 'busy'
  /** The database was written by a newer version of this program. */
  | 'newer_schema'
  /** There is no more room. */
  | 'full'
  /** Another program holds the database. */
  | 'locked'
  /** Nothing can be written. */
  | 'read_only'
  /** What is there is no database, or no whole one. */
  | 'damaged'
  /** It cannot be reached, read or written now. */
  | 'unavailable'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
