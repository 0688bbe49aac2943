/**
 * A tracer that knows no format but those it is given, and no client but those that copy themselves.
 *
 * @module
 */

import { copyOfItself } from './copy.ts'
import type { TracerOptions } from './options.ts'
import { assemble, type Tracer } from './tracer.ts'

/**
 * A tracer that records the calls of the formats in its options.
 *
 * `wrap` takes the clients that copy themselves by `withOptions`; give others `fetch`.
 *
 * @param given What to record and where to send it. Without `formats` there are no calls, only steps.
 * @throws {TraceError} `invalid_option`, for an option that is misspelt or impossible.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace/core'
 * import { anthropicMessages, openaiChat } from 'carrot-trace/formats'
 *
 * const { fetch, span } = createTracer({ formats: [openaiChat, anthropicMessages] })
 * ```
 */
export function createTracer(given: TracerOptions = {}): Tracer {
  return assemble(given, { formats: [], copy: copyOfItself }).tracer
}
