/**
 * Spans that the runtime keeps itself (Workers), beside the records of ours.
 *
 * @see https://developers.cloudflare.com/workers/observability/traces/
 * @module
 */

import { isAnyObject } from '../json.ts'
import { importBuiltIn, nothing } from './workerd.ts'

export interface RuntimeSpan {
  setAttribute(name: string, value: boolean | number | string): unknown
  setStatus?(status: { code: 'error'; message?: string }): unknown
  end(): void
}

export interface RuntimeSpans {
  /** Runs it inside of a span, which ends where its result does. */
  enterSpan<Result>(name: string, callback: (span: RuntimeSpan) => Result): Result
  startSpan(name: string): RuntimeSpan
}

let found: RuntimeSpans | undefined
importBuiltIn(
  () => import(/* webpackIgnore: true */ /* @vite-ignore */ 'cloudflare:workers').catch(nothing),
  (module) => {
    const tracing = isAnyObject(module) ? module.tracing : undefined
    if (hasSpans(tracing)) found = tracing
  },
)

/** None on other runtimes, and on Workers that have no spans yet. */
export function findSpans(): RuntimeSpans | undefined {
  return found
}

function hasSpans(tracing: unknown): tracing is RuntimeSpans {
  return (
    isAnyObject(tracing) &&
    typeof tracing.enterSpan === 'function' &&
    typeof tracing.startSpan === 'function'
  )
}
