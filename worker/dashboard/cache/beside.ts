/**
 * Which call of a trace a prompt is compared with: the last one before it to the same model of the same
 * provider, unless the reader chose another.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { isCall } from '../trace/totals.ts'

/** More than anyone chooses from. */
const OTHERS = 50

export function callBefore(span: SpanRow, spans: readonly SpanRow[]): SpanRow | undefined {
  return spans
    .filter((other) => isCall(other) && other.id !== span.id && isEarlier(other, span))
    .filter(({ provider, model }) => provider === span.provider && model === span.model)
    .reduce<SpanRow | undefined>(
      (last, other) => (last && isEarlier(other, last) ? last : other),
      undefined,
    )
}

/** The other calls, the nearest ones in time, in order of their start. */
export function otherCalls(span: SpanRow, spans: readonly SpanRow[]): SpanRow[] {
  const distance = ({ startUs }: SpanRow) => Math.abs(startUs - span.startUs)
  return spans
    .filter((other) => isCall(other) && other.id !== span.id)
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, OTHERS)
    .toSorted((a, b) => a.startUs - b.startUs)
}

/** Of two that began at once, by the id: the same every time. */
function isEarlier(a: SpanRow, b: SpanRow): boolean {
  return a.startUs === b.startUs ? a.id < b.id : a.startUs < b.startUs
}
