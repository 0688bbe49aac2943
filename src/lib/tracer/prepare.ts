/**
 * What a record has to pass before it leaves the tracer: how much content is wanted, and the
 * application's own rules.
 *
 * @module
 */

import { withContent, type ContentLevel } from '../content.ts'
import { redacting, type Redaction } from '../redaction.ts'
import type { SpanRecord } from '../record.ts'

export type Prepare = (record: SpanRecord, level: ContentLevel) => SpanRecord

/** @param failed Told where a rule fails: the record leaves without any content then. */
export function preparing(rules: readonly Redaction[], failed: (cause: unknown) => void): Prepare {
  if (rules.length === 0) return withContent
  const redact = redacting(rules)
  return (record, level) => {
    try {
      return redact(withContent(record, level))
    } catch (cause) {
      failed(cause)
      return withContent({ ...record, metadata: {} }, 'off')
    }
  }
}
