/**
 * How a span failed, from its status, its attributes and the exceptions that its events tell of.
 *
 * A span has failed where its status or its `error.type` says so. An exception alone does not: programs tell
 * of those that they have dealt with, too.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/general/recording-errors/
 * @module
 */

import { number, string, type JsonObject } from '../../src/lib/json.ts'
import type { ErrorRecord } from '../../src/lib/error-record.ts'
import { readError } from '../api/call.ts'
import { FAILED, REASON } from './convention.ts'
import type { Span } from './span.ts'

const ERROR = 2
const STATUS = 'http.response.status_code'

export function readFailure({ status, attributes, events }: Span): ErrorRecord | null {
  const type = string(attributes.take('error.type'))
  const isTold = attributes.take(FAILED) === true
  const reason = string(attributes.take(REASON))
  if (status.code !== ERROR && type === undefined && !isTold) return null
  // The last one is what the span ended with.
  const exception = events.findLast(({ name }) => name === 'exception')?.attributes
  const http = number(attributes.look(STATUS))
  const isAnswer = http !== undefined && http >= 400
  const found: JsonObject = {
    type: type ?? string(exception?.take('exception.type')),
    message:
      reason ??
      string(exception?.look('exception.message')) ??
      status.message ??
      string(attributes.take('error.message')),
    code: string(attributes.take('carrot.error.code')),
    status: isAnswer ? http : undefined,
    phase: attributes.take('carrot.error.phase'),
    stack: string(exception?.take('exception.stacktrace')),
  }
  for (const name of ['exception.message', 'exception.type', 'exception.escaped']) {
    exception?.take(name)
  }
  return readError(found)
}
