/**
 * A place in a list of traces: the value it is sorted by and the id of the last one seen. Opaque to
 * callers.
 *
 * @module
 */

import { StoreError } from '../errors.ts'
import { SORTS, type Sort } from '../query.ts'

export interface Place {
  sort: Sort
  /** `null`: among those that have no value. */
  value: number | null
  traceId: string
}

export function writeCursor({ sort, value, traceId }: Place): string {
  const at = value === null ? '' : value.toString(36)
  return `${SORTS.indexOf(sort)}.${at}.${traceId}`
}

/** @throws {StoreError} `invalid_cursor` */
export function readCursor(cursor: string, sort: Sort): Place {
  const [, kind = '', at = '', traceId = ''] =
    /^([0-3])\.(-?[0-9a-z]{1,11}|)\.([0-9a-f]{32})$/.exec(cursor) ?? []
  const value = at === '' ? null : Number.parseInt(at, 36)
  const isNumber = value === null ? sort !== 'start' : Number.isSafeInteger(value)
  if (SORTS[Number(kind || NaN)] !== sort || !isNumber || traceId === '') {
    throw new StoreError(
      'invalid_cursor',
      'the cursor is none that this list gave; begin again without it',
    )
  }
  return { sort, value, traceId }
}
