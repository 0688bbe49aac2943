/**
 * What can be told to fail, and whether it can fail so.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import { check, isCount, isFunction, isObject } from '../tracer/checks.ts'
import { MAX_WAIT_MS } from './wait.ts'

/** What is to fail, and how often. Faults of a body may be combined. */
export interface Fault {
  /** Answered with this status, in the words of the provider at the address; nothing is sent. */
  status?: number
  /** With `status`: how long the answer asks to be left alone. */
  retryAfterMs?: number
  /** `drop`: fails before the head, as when the connection is lost. */
  network?: 'drop'
  /** How long the first bytes of the body are kept back, after the head. */
  firstByteMs?: number
  /** The body stands still for so long, after so many events (1 unless told). */
  stall?: { ms: number; afterEvents?: number }
  /** The connection is lost in the middle of the body. */
  cut?: { afterBytes: number } | { afterEvents: number }
  /** An event that cannot be read comes after so many. */
  malformed?: { afterEvents: number }
  /** How many requests fail; 1 unless told, `Infinity` for all. */
  times?: number
  /** Which requests may fail; all unless told. */
  when?: (request: FaultRequest) => boolean
}

export interface FaultRequest {
  method: string
  url: URL
  /** How many requests came before it, those that did not fail among them. */
  before: number
}

const isWait = (value: unknown) => Number(value) >= 0 && Number(value) <= MAX_WAIT_MS
const WAIT = [isWait, `0 to ${MAX_WAIT_MS} milliseconds`] as const
const COUNT = [isCount, 'a whole number, 0 or more'] as const
const OBJECT = [isObject, 'an object'] as const

const KNOWN = {
  status: [(value: unknown) => isStatus(value), 'a status from 400 to 599'],
  retryAfterMs: COUNT,
  network: [(value: unknown) => value === 'drop', "'drop'"],
  firstByteMs: WAIT,
  stall: OBJECT,
  cut: OBJECT,
  malformed: OBJECT,
  times: [
    (value: unknown) => value === Number.POSITIVE_INFINITY || isCount(value),
    'a whole number, 0 or more, or Infinity',
  ],
  when: [isFunction, 'a function'],
} as const

function isStatus(value: unknown): boolean {
  return isCount(value) && Number(value) >= 400 && Number(value) <= 599
}

const IN_BODY = ['firstByteMs', 'stall', 'cut', 'malformed'] as const

/** @throws {TraceError} `invalid_option`. */
export function checkFault(fault: Fault): void {
  check('', fault, KNOWN)
  check('stall.', fault.stall ?? {}, { ms: WAIT, afterEvents: COUNT })
  check('cut.', fault.cut ?? {}, { afterBytes: COUNT, afterEvents: COUNT })
  check('malformed.', fault.malformed ?? {}, { afterEvents: COUNT })
  const { status, network, retryAfterMs } = fault
  const body = IN_BODY.filter((name) => fault[name] !== undefined)
  const kinds = [
    ...(status === undefined ? [] : ['status']),
    ...(network === undefined ? [] : ['network']),
    ...(body.length > 0 ? [body.join(' and ')] : []),
  ]
  if (kinds.length === 0) {
    throw invalid(`A fault says what fails: status, network, ${IN_BODY.join(', ')}.`)
  }
  if (kinds.length > 1) {
    throw invalid(
      `One request cannot fail by ${kinds.join(' and by ')}. Put one fault around another: fault({ … }, fault({ … }, fetch)).`,
    )
  }
  if (retryAfterMs !== undefined && status === undefined) {
    throw invalid(
      'The option "retryAfterMs" goes with "status": write { status: 429, retryAfterMs }.',
    )
  }
}

function invalid(message: string): TraceError {
  return new TraceError('invalid_option', message)
}
