/**
 * Spans as rows of their table.
 *
 * @module
 */

import { marksOf } from '../marks.ts'
import { firstTextUs, shownKind, shownName } from '../shown.ts'
import type { SpanRow } from '../store.ts'
import { encode, encodeMark } from '../text.ts'
import type { Member } from './family.ts'
import type { Making } from './making.ts'
import { tokensIn } from './tokens.ts'

export function toRow(
  project: string,
  { known, home, firstUs, input, output }: Member,
  { version, price, made }: Making,
) {
  const startUs = known.startUs ?? firstUs
  const [kind, costNano] = [shownKind(known), price(known)]
  const span: SpanRow = {
    id: known.id,
    traceId: home,
    spanId: known.spanId,
    parentId: known.parentId,
    name: shownName(known),
    kind,
    status: known.status ?? 'running',
    startUs,
    endUs: known.endUs,
    model: known.model,
    provider: known.provider,
    inputTokens: known.inputTokens,
    outputTokens: known.outputTokens,
    costNano,
    userId: known.userId,
    sessionId: known.sessionId,
    environment: known.environment,
    resource: known.resource,
    error: known.error,
    call: known.call,
    tags: [...(known.tags ?? [])],
    metadata: known.metadata ?? {},
    scores: known.scores ?? {},
  }
  return {
    project,
    trace_id: home,
    id: known.id,
    version,
    gone: 0,
    made,
    start_us: startUs,
    end_us: known.endUs,
    root: Number(known.parentId === null),
    is_call: Number(kind === 'generation' || kind === 'embedding' || known.model !== null),
    name: encode(span.name),
    kind,
    status: span.status,
    model: safe(known.model),
    provider: safe(known.provider),
    user_id: safe(known.userId),
    environment: safe(known.environment),
    input_tokens: known.inputTokens,
    output_tokens: known.outputTokens,
    cost_nano: costNano,
    first_text_us: firstTextUs(known.call),
    marks: marksOf(known).map(([field, value]) => `${field}\n${encodeMark(value)}`),
    input_preview: encode(input?.preview ?? ''),
    output_preview: encode(output?.preview ?? ''),
    input_words: input?.words ?? [],
    // An error has words as well, and no output of its own.
    output_words: [
      ...new Set([...(output?.words ?? []), ...tokensIn(known.error?.type, known.error?.message)]),
    ],
    facts: JSON.stringify(span),
    input_hash: input?.hash ?? '',
    output_hash: output?.hash ?? '',
  }
}

function safe(text: string | null): string | null {
  return text === null ? null : encode(text)
}

/** Our own text. */
export function readFacts(facts: string): SpanRow {
  return JSON.parse(facts)
}
