/**
 * Spans of the runtime's own tracing beside those that are recorded, so that they are seen where the rest
 * of a Worker's observability is.
 *
 * Names and counts go there, and what leads to the record; nothing of what was said.
 *
 * @module
 */

import { defined } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import type { ModelCall } from '../model-call.ts'
import { findSpans, type RuntimeSpan } from '../runtime/spans.ts'
import type { Started } from '../tracer/create-scope.ts'
import type { Core, Mirror } from '../tracer/span.ts'
import { attempt } from './attempt.ts'

/** From now on each record of this tracer has a twin in the runtime, where that has spans. */
export function mirror(core: Core): void {
  core.mirror ??= reflection(core)
}

function reflection(core: Core): Mirror {
  return (record) => {
    const twin = attempt(core, () => findSpans()?.startSpan(record.name))
    return (ended) => {
      if (twin) attempt(core, () => finish(twin, ended))
    }
  }
}

/** Runs an invocation inside of a span of the runtime: what both of them see has the same parent there. */
export function inTwin<Result>(
  core: Core,
  name: string,
  root: Started,
  work: () => Result,
): Result {
  const spans = core.mirror && findSpans()
  if (!spans) return work()
  return spans.enterSpan(name, (twin) => {
    const { traceId, spanId } = root.span
    attempt(core, () => describe(twin, { 'carrot.trace_id': traceId, 'carrot.span_id': spanId }))
    return work()
  })
}

function finish(twin: RuntimeSpan, { trace, call, error, kind }: SpanRecord): void {
  describe(twin, {
    'carrot.trace_id': trace.traceId,
    'carrot.span_id': trace.spanId,
    'carrot.kind': kind,
    'error.type': error?.type,
    ...(call && said(call)),
  })
  if (error) twin.setStatus?.({ code: 'error', message: error.type })
  twin.end()
}

/** By the names of OpenTelemetry. */
function said({ operation, provider, request, response, usage }: ModelCall): Attributes {
  return {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': request.model,
    'gen_ai.response.model': response.model,
    'gen_ai.usage.input_tokens': usage.input ?? undefined,
    'gen_ai.usage.output_tokens': usage.output ?? undefined,
  }
}

type Attributes = Record<string, string | number | undefined>

function describe(twin: RuntimeSpan, attributes: Attributes): void {
  for (const [name, value] of Object.entries(defined(attributes))) {
    if (value !== undefined) twin.setAttribute(name, value)
  }
}
