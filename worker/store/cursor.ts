/**
 * A place in the list of traces: start and id of the last one seen. Opaque to callers.
 *
 * @module
 */

import { StoreError } from './errors.ts'

export interface Place {
  startUs: number
  traceId: string
}

export function writeCursor({ startUs, traceId }: Place): string {
  return `${startUs.toString(36)}.${traceId}`
}

/** @throws {StoreError} `invalid_cursor` */
export function readCursor(cursor: string): Place {
  const [, start = '', traceId = ''] = /^(-?[0-9a-z]{1,11})\.([0-9a-f]{32})$/.exec(cursor) ?? []
  const startUs = Number.parseInt(start, 36)
  if (!Number.isSafeInteger(startUs)) {
    throw new StoreError(
      'invalid_cursor',
      'the cursor is none that this list gave; begin again without it',
    )
  }
  return { startUs, traceId }
}
