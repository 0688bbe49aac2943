/**
 * Spans as rows of their table.
 *
 * @module
 */

import type { SpanKind } from '../../../src/lib/record.ts'
import { marksOf } from '../marks.ts'
import type { Known } from '../merge.ts'
import type { SpanRow } from '../store.ts'
import { encode } from '../text.ts'
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
    name: known.name ?? known.model ?? kind,
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
    first_text_us: firstTextUs(known),
    marks: marksOf({ ...known, kind, name: span.name }).map(
      ([field, value]) => `${field}\n${encodeMark(value)}`,
    ),
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

/** A model call if a model is named; else it depends on where it stands. */
function shownKind({ kind, model, parentId }: Known): SpanKind {
  if (kind !== null) return kind
  if (model !== null) return 'generation'
  return parentId === null ? 'workflow' : 'task'
}

/** Until the first text of a stream; a whole answer has none before its end. */
function firstTextUs({ call }: Known): number | null {
  const { firstTextMs } = call?.time ?? {}
  if (firstTextMs === undefined) return null
  return Math.min(Math.max(0, Math.round(firstTextMs * 1000)), Number.MAX_SAFE_INTEGER)
}

function safe(text: string | null): string | null {
  return text === null ? null : encode(text)
}

/** The one line break between key and value of metadata stays: no other is left. */
export function encodeMark(value: string): string {
  return value.split('\n').map(encode).join('\n')
}

/** Our own text. */
export function readFacts(facts: string): SpanRow {
  return JSON.parse(facts)
}
