/**
 * One record of an ingest request, as a change to a span.
 *
 * Where a record stands, and in what order, is said by `metadata.carrot` if our SDK sent it. Other
 * clients may name a parent, by UUID or span id; the rest is taken from the documented fields.
 *
 * @see https://platform.carrotlabs.ai/docs/api-reference/trace-ingest
 * @module
 */

import { spanIdOf } from '../../src/lib/ids.ts'
import { isObject, type Json, type JsonObject, number, string } from '../../src/lib/json.ts'
import { SPAN_KINDS, SPAN_STATUSES, type Resource } from '../../src/lib/record.ts'
import type { SpanChange } from '../store/store.ts'
import { readCall, readError } from './call.ts'
import {
  expectHex,
  expectMillis,
  expectObject,
  expectOneOf,
  expectShallow,
  expectTags,
  expectText,
  expectTime,
  expectUuid,
} from './expect.ts'
import { readScores } from './score.ts'
import { kindOf, Refused } from './refused.ts'

const MAX_NAME_CHARS = 1000
const MAX_WORD_CHARS = 200

/** More is no count of tokens; sums of these stay exact. */
const MAX_TOKENS = 1_000_000_000

/** What `metadata.carrot` says and the documented fields have no place for. */
type Beyond = Pick<
  SpanChange,
  | 'traceId'
  | 'parentId'
  | 'kind'
  | 'seq'
  | 'startUs'
  | 'endUs'
  | 'userId'
  | 'sessionId'
  | 'environment'
  | 'resource'
  | 'error'
  | 'call'
  | 'scores'
>

/**
 * @param newId For a record without an id.
 * @throws {Refused} With the reason, for the sender.
 */
export function readRecord(record: Json, newId: () => string): SpanChange {
  if (!isObject(record)) throw new Refused(`a trace must be an object, found ${kindOf(record)}`)
  const id = expectUuid(record.id, 'id') ?? newId()
  const { carrot, ...metadata } = expectObject(record.metadata, 'metadata') ?? {}
  const startUs = expectTime(record.started_at, 'started_at')
  const endUs = expectTime(record.ended_at, 'ended_at')
  expectShallow(record.input, 'input')
  expectShallow(record.output, 'output')
  expectShallow(metadata, 'metadata')
  const beyond = carrot === undefined ? readForeign(record, metadata) : readCarrot(carrot)

  return {
    ...beyond,
    id,
    spanId: spanIdOf(id),
    startUs: beyond.startUs ?? startUs,
    endUs: beyond.endUs ?? endUs,
    name: expectText(record.name, 'name', MAX_NAME_CHARS),
    status: expectOneOf(record.status, 'status', SPAN_STATUSES),
    tags: expectTags(record.tags),
    model:
      word(metadata.model) ?? word(beyond.call?.response.model) ?? word(beyond.call?.request.model),
    provider: word(metadata.provider) ?? word(beyond.call?.provider),
    inputTokens: tokens(metadata.input_tokens),
    outputTokens: tokens(metadata.output_tokens),
    metadata: isObject(record.metadata) ? metadata : null,
    input: record.input ?? null,
    output: record.output ?? null,
  }
}

function readCarrot(value: Json): Beyond {
  const carrot = expectObject(value, 'metadata.carrot')
  if (carrot?.v !== 1) {
    throw new Refused(
      '`metadata.carrot` is reserved for carrot-trace and must be an object with `v` 1',
    )
  }
  expectShallow(carrot, 'metadata.carrot')
  const resource = readResource(expectObject(carrot.resource, 'metadata.carrot.resource'))
  return {
    traceId: given(expectHex(carrot.trace_id, 'metadata.carrot.trace_id', 32), 'trace_id'),
    parentId: expectHex(carrot.parent_id, 'metadata.carrot.parent_id', 16),
    kind: expectOneOf(carrot.kind, 'metadata.carrot.kind', SPAN_KINDS),
    seq: readSeq(carrot.seq),
    startUs: expectMillis(carrot.start_ms, 'metadata.carrot.start_ms'),
    endUs: expectMillis(carrot.end_ms, 'metadata.carrot.end_ms'),
    userId: expectText(carrot.user_id, 'metadata.carrot.user_id', MAX_NAME_CHARS),
    sessionId: expectText(carrot.session_id, 'metadata.carrot.session_id', MAX_NAME_CHARS),
    environment: resource?.environment ?? null,
    resource,
    error: readError(carrot.error),
    call: readCall(carrot.call),
    scores: readScores(carrot.scores),
  }
}

/** Each word by itself: what is none is left out. */
function readResource(value: JsonObject | null): Resource | null {
  if (value === null) return null
  const service = word(value.service)
  const environment = word(value.environment)
  const release = word(value.release)
  return {
    ...(service !== null && { service }),
    ...(environment !== null && { environment }),
    ...(release !== null && { release }),
    sdk: word(value.sdk) ?? 'unknown',
  }
}

function given<T>(value: T | null, field: string): T {
  if (value === null) throw new Refused(`\`metadata.carrot.${field}\` is missing`)
  return value
}

function readSeq(value: Json | undefined): number {
  const seq = number(value)
  if (seq === undefined || !Number.isSafeInteger(seq) || seq < 0) {
    throw new Refused('`metadata.carrot.seq` must be an integer from 0 on')
  }
  return seq
}

function readForeign(record: JsonObject, metadata: JsonObject): Beyond {
  return {
    traceId: null,
    parentId: readParent(record.parent_id) ?? userParent(metadata.parent_id),
    kind: null,
    seq: null,
    startUs: null,
    endUs: null,
    userId: null,
    sessionId: null,
    environment: null,
    resource: null,
    error: null,
    call: null,
    scores: null,
  }
}

/** A UUID, or a span id of 16 digits. */
function readParent(value: Json | undefined): string | null {
  if (typeof value === 'string' && value.length === 16) return expectHex(value, 'parent_id', 16)
  const uuid = expectUuid(value, 'parent_id')
  return uuid === null ? null : spanIdOf(uuid)
}

/** In metadata the key is the user's own: what is no id means something else to them. */
function userParent(value: Json | undefined): string | null {
  try {
    return readParent(value)
  } catch {
    return null
  }
}

/** What is too long, or empty, to be a name is left where it is. */
function word(value: Json | undefined): string | null {
  const text = string(value)
  return text && text.length <= MAX_WORD_CHARS ? text : null
}

function tokens(value: Json | undefined): number | null {
  const amount = number(value)
  return amount !== undefined && Number.isInteger(amount) && amount >= 0 && amount <= MAX_TOKENS
    ? amount
    : null
}
