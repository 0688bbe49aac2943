/**
 * What is kept of a reply, which may go on for ever: so much text, and so many parts.
 *
 * All text is counted against one budget; past it text is dropped and the call says so.
 *
 * @module
 */

import type { ModelCall } from '../model-call.ts'

/** What may still be kept. */
export interface Budget {
  chars: number
  parts: number
}

/** More than any API gives. */
const MAX_PARTS = 4096

const budgets = new WeakMap<ModelCall, Budget>()

/** Limits the text that the reply may hold. */
export function limitText(call: ModelCall, maxChars: number): void {
  budgets.set(call, { chars: maxChars, parts: MAX_PARTS })
}

export function budgetOf(call: ModelCall): Budget | undefined {
  return budgets.get(call)
}

/** Whether no more text will be kept. */
export function isTextSpent(call: ModelCall): boolean {
  return (budgets.get(call)?.chars ?? 0) < 0
}

/** Whether there is room for what is as long as this text, which takes it. */
export function hasRoom(call: ModelCall, text: string): boolean {
  spend(call, text)
  return !isTextSpent(call)
}

/** As much of the text as may be kept. `instead`: of how much it takes the place. */
export function spend(call: ModelCall, text: string, instead = 0): string {
  const budget = budgets.get(call)
  const left = (budget?.chars ?? Number.POSITIVE_INFINITY) + instead
  if (budget) budget.chars = left - text.length
  if (text.length <= left) return text
  call.capture.truncated = true
  return left < 0 ? '' : `${text.slice(0, left)}…` // the mark stands once, where the text was cut
}
