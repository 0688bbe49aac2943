/**
 * What fails in recording, and what becomes of it: it is told of, and the application goes on without.
 *
 * @module
 */

import type { Core } from '../tracer/span.ts'

export function attempt<Result>(core: Core, work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    core.report('capture_failed', 'An invocation could not be recorded; it is not affected.', error)
    return undefined
  }
}
