/**
 * Calls that count tokens and do nothing else. What they count is not used, and so no usage: it stands
 * in the answer, as a part of its own.
 *
 * @module
 */

import { defined, number, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { addOther, choiceAt } from './reply.ts'

/** `cached`: how many of them are in a cache. */
export function addTokenCount(call: ModelCall, count: Json | undefined, cached?: Json): void {
  const tokens = number(count)
  if (tokens === undefined) return
  const content = defined({ type: 'token_count', tokens, cached: number(cached) })
  addOther(call, choiceAt(call, 0), 0, 'token_count', content)
}
