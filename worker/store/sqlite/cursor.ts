/**
 * A place in a list of traces: the value it is sorted by and the key of the last one seen. Opaque to
 * callers.
 *
 * @module
 */

import { SORTS, type Sort } from '../query.ts'
import { StoreError } from '../errors.ts'

export interface Place {
  sort: Sort
  /** `null`: among those that have no value. */
  value: number | null
  key: number
}

export function writeCursor({ sort, value, key }: Place): string {
  const at = value === null ? '' : value.toString(36)
  return `${SORTS.indexOf(sort)}.${at}.${key.toString(36)}`
}

/** @throws {StoreError} `invalid_cursor` */
export function readCursor(cursor: string, sort: Sort = 'start'): Place {
  const [, kind = '', at = '', last = ''] =
    /^([0-3])\.(-?[0-9a-z]{1,11}|)\.([0-9a-z]{1,11})$/.exec(cursor) ?? []
  const value = at === '' ? null : Number.parseInt(at, 36)
  const key = Number.parseInt(last, 36)
  const isNumber = value === null ? sort !== 'start' : Number.isSafeInteger(value)
  if (SORTS[Number(kind || NaN)] !== sort || !isNumber || !Number.isSafeInteger(key)) {
    throw new StoreError(
      'invalid_cursor',
      'the cursor is none that this list gave; begin again without it',
    )
  }
  return { sort, value, key }
}
