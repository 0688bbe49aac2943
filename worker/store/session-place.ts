/**
 * A place in a list of sessions: the start of the newest trace of the last one seen, and its name. Opaque
 * to callers.
 *
 * @module
 */

import { StoreError } from './errors.ts'

// A type alias, as engines give it as a row.
export type SessionPlace = {
  at: number
  /** As the engine keeps it. */
  value: string
}

export function writeSessionPlace({ at, value }: SessionPlace): string {
  return `${at.toString(36)}.${value}`
}

/** @throws {StoreError} `invalid_cursor` */
export function readSessionPlace(cursor: string): SessionPlace {
  const [, time = '', value = ''] = /^(-?[0-9a-z]{1,11})\.(.*)$/s.exec(cursor) ?? []
  const at = Number.parseInt(time, 36)
  if (!Number.isSafeInteger(at)) {
    throw new StoreError(
      'invalid_cursor',
      'the cursor is none that this list gave; begin again without it',
    )
  }
  return { at, value }
}
