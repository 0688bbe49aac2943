/**
 * What a record has to pass before it leaves the tracer: no secret is in it, whatever it came in with,
 * as much content as is wanted, and the application's own rules.
 *
 * @module
 */

import { withContent, type ContentLevel } from '../content.ts'
import { masked } from '../redact.ts'
import { redacting, type Redaction } from '../redaction.ts'
import type { SpanRecord } from '../record.ts'

export type Prepare = (record: SpanRecord, level: ContentLevel) => SpanRecord

/** @param failed Told where a rule fails: the record leaves without any content then. */
export function preparing(rules: readonly Redaction[], failed: (cause: unknown) => void): Prepare {
  const redact = redacting(rules)
  return (record, level) => {
    // The input has been searched where it was read.
    const { input, ...rest } = record
    const safe = { ...masked(rest), ...(input !== undefined && { input }) }
    if (rules.length === 0) return withContent(safe, level)
    try {
      return redact(withContent(safe, level))
    } catch (cause) {
      failed(cause)
      return withContent({ ...safe, metadata: {} }, 'off')
    }
  }
}
