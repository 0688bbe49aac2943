/**
 * How what a record says is merged with what is already known of its span.
 *
 * What is not null overwrites, unless it comes from an older write (a lower `seq`): that one only
 * fills in what is still unknown. How a span ended is said by the newest write alone, also where that
 * says nothing: a call that is tried again has an error no longer. Metadata is merged key by key, scores
 * name by name; tags are one value. So writes with different `seq` give the same in any order, and a repeat changes nothing.
 *
 * @module
 */

import type { Json, JsonObject } from '../../src/lib/json.ts'
import { preview } from './preview.ts'
import { mergeScores } from './score.ts'
import type { SpanChange } from './store.ts'

/** What is known of a span: `null` where nothing was said yet. */
export interface Known extends Omit<SpanChange, 'seq' | 'input' | 'output'> {
  seq: number
  input: Body | null
  output: Body | null
}

export interface Body {
  preview: string
  /** What is stored already; or the value, which is yet to be stored, and its JSON. */
  body: { stored: string } | { value: Json; text: string }
}

/** What an older write has to say of how the span ended. */
const NO_OUTCOME = {
  endUs: null,
  inputTokens: null,
  outputTokens: null,
  error: null,
  call: null,
  output: null,
}

export function merge(known: Known | undefined, change: SpanChange): Known {
  const told: Known = {
    ...change,
    seq: change.seq ?? known?.seq ?? 0,
    input: body(change.input),
    output: body(change.output),
  }
  if (known === undefined) return told
  const [first, second] = told.seq >= known.seq ? [told, known] : [known, told]
  const sameTime = change.seq === null || told.seq === known.seq
  const outcome = sameTime ? second : NO_OUTCOME
  return {
    id: known.id,
    spanId: known.spanId,
    seq: first.seq,
    traceId: first.traceId ?? second.traceId,
    parentId: first.parentId ?? second.parentId,
    name: first.name ?? second.name,
    kind: first.kind ?? second.kind,
    status: first.status ?? second.status,
    startUs: first.startUs ?? second.startUs,
    endUs: first.endUs ?? outcome.endUs,
    model: first.model ?? second.model,
    provider: first.provider ?? second.provider,
    inputTokens: first.inputTokens ?? outcome.inputTokens,
    outputTokens: first.outputTokens ?? outcome.outputTokens,
    userId: first.userId ?? second.userId,
    sessionId: first.sessionId ?? second.sessionId,
    environment: first.environment ?? second.environment,
    resource: first.resource ?? second.resource,
    error: first.error ?? outcome.error,
    call: first.call ?? outcome.call,
    tags: first.tags ?? second.tags,
    metadata: mergeMetadata(first.metadata, second.metadata),
    scores: mergeScores(second.scores, first.scores),
    input: first.input ?? second.input,
    output: first.output ?? outcome.output,
  }
}

function mergeMetadata(first: JsonObject | null, second: JsonObject | null): JsonObject | null {
  if (first === null || second === null) return first ?? second
  const said = Object.entries(first).filter(
    ([key, value]) => value !== null || !Object.hasOwn(second, key),
  )
  // Not by assignment: a key may be called `__proto__`.
  return Object.fromEntries([...Object.entries(second), ...said])
}

/** A value that is yet to be stored. */
export function body(value: Json): Body | null {
  if (value === null) return null
  const text = JSON.stringify(value)
  return { preview: preview(value, text), body: { value, text } }
}
