/**
 * Reads what the prompt of a call is compared with.
 *
 * @module
 */

import type { SpanDetail, SpanRow, Store } from '../../store/store.ts'
import { callBefore, otherCalls } from './beside.ts'
import { isCall } from '../trace/totals.ts'

export interface CacheFacts {
  /** What it is compared with; nothing where it is the first of its model. */
  beside: SpanDetail | undefined
  /** The reader chose it. */
  isChosen: boolean
  others: SpanRow[]
}

/** @param chosen The id of a call of the trace; one that is none counts as not said. */
export async function cacheFacts(
  store: Store,
  project: string,
  span: SpanRow,
  chosen: string | undefined,
  spans?: readonly SpanRow[],
): Promise<CacheFacts | undefined> {
  if (!isCall(span)) return undefined
  const all = spans ?? (await store.trace(project, span.traceId))
  const named = all.find((other) => other.id === chosen && other.id !== span.id && isCall(other))
  const other = named ?? callBefore(span, all)
  const [beside] = other ? await store.spans(project, [other.id]) : []
  return { beside, isChosen: named !== undefined, others: otherCalls(span, all) }
}
