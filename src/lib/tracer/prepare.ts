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
import type { ModelCall } from '../model-call.ts'

export type Prepare = (record: SpanRecord, level: ContentLevel) => SpanRecord

/** @param failed Told where a rule fails: the record leaves without any content then. */
export function preparing(rules: readonly Redaction[], failed: (cause: unknown) => void): Prepare {
  const redact = redacting(rules)
  return (record, level) => {
    // The input has been searched where it was read, and ids are ours.
    const { id, trace, input, call, ...rest } = record
    const safe = {
      ...masked(rest),
      id,
      trace,
      ...(input !== undefined && { input }),
      ...(call && { call: withoutSecrets(call) }),
    }
    if (rules.length === 0) return withContent(safe, level)
    try {
      return redact(withContent(safe, level))
    } catch (cause) {
      failed(cause)
      return withContent({ ...safe, metadata: {} }, 'off')
    }
  }
}

/** Every call comes by here: what is ours is not looked at. */
function withoutSecrets({ time, server, capture, ...said }: ModelCall): ModelCall {
  return { ...masked(said), time, server, capture }
}
