/**
 * Which span it is, and which writing of it.
 *
 * A span that our own exporter sends says the id of its record and is the same span as that record, should
 * it come by itself as well. What OTLP says of it counts as older than what the record says at the same
 * end, so that of both the record is what is kept.
 *
 * Any other span is ordered by its end: one that has ended is newer than one that had not, and what comes
 * again with the same end is the same writing, of which the latter counts.
 *
 * @module
 */

import { number, string } from '../../src/lib/json.ts'
import { spanIdOf } from '../../src/lib/ids.ts'
import type { SpanChange } from '../store/store.ts'
import { recordId } from './ids.ts'
import type { Span } from './span.ts'

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

export function identify({
  attributes,
  traceId,
  spanId,
  endUs,
}: Span): Pick<SpanChange, 'id' | 'traceId' | 'spanId' | 'seq'> {
  const id = string(attributes.take('carrot.id'))
  const order = number(attributes.take('carrot.seq'))
  const isOurs = id !== undefined && UUID.test(id) && spanIdOf(id) === spanId
  if (!isOurs) return { id: recordId(traceId, spanId), traceId, spanId, seq: endUs ?? 0 }
  const seq = order !== undefined && Number.isSafeInteger(order) ? Math.max(order - 1, 0) : 0
  return { id, traceId, spanId, seq }
}
