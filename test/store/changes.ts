/** Changes for tests: what a test does not care about says nothing. */

import { spanIdOf, traceIdOf } from '../../src/lib/ids.ts'
import type { Term, TraceQuery } from '../../worker/store/query.ts'
import type {
  SpanChange,
  SpanDetail,
  SpanRow,
  Store,
  TraceSummary,
} from '../../worker/store/store.ts'

/** A readable UUID: `id(0x2a)` ends in `2a`. */
export function id(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

export const traceId = (number: number) => traceIdOf(id(number))
export const spanId = (number: number) => spanIdOf(id(number))

/** 1 January 2026. */
export const START_US = Date.UTC(2026, 0) * 1000

export const SILENT: SpanChange = {
  id: id(1),
  traceId: null,
  spanId: spanId(1),
  parentId: null,
  seq: null,
  name: null,
  kind: null,
  status: null,
  startUs: null,
  endUs: null,
  model: null,
  provider: null,
  inputTokens: null,
  outputTokens: null,
  userId: null,
  sessionId: null,
  environment: null,
  resource: null,
  error: null,
  call: null,
  tags: null,
  metadata: null,
  scores: null,
  input: null,
  output: null,
}

/** A change to span `number`. */
export function change(number: number, said: Partial<SpanChange> = {}): SpanChange {
  return { ...SILENT, id: id(number), spanId: spanId(number), startUs: START_US + number, ...said }
}

/** A change to span `number` that names its parent. */
export function child(number: number, parent: number, said: Partial<SpanChange> = {}): SpanChange {
  return change(number, { parentId: spanId(parent), ...said })
}

/** The row of `change(number)`, with what else is expected. */
export function row(number: number, expected: Partial<SpanRow> = {}): SpanRow {
  return {
    id: id(number),
    traceId: traceId(number),
    spanId: spanId(number),
    parentId: null,
    name: 'workflow',
    kind: 'workflow',
    status: 'running',
    startUs: START_US + number,
    endUs: null,
    model: null,
    provider: null,
    inputTokens: null,
    outputTokens: null,
    costNano: null,
    userId: null,
    sessionId: null,
    environment: null,
    resource: null,
    error: null,
    call: null,
    tags: [],
    metadata: {},
    scores: {},
    ...expected,
  }
}

/** The summary of a trace of `change(number)` alone, with what else is expected. */
export function summary(number: number, expected: Partial<TraceSummary> = {}): TraceSummary {
  return {
    traceId: traceId(number),
    name: 'workflow',
    kind: 'workflow',
    status: 'running',
    startUs: START_US + number,
    durationUs: null,
    models: [],
    tags: [],
    scores: [],
    inputTokens: null,
    outputTokens: null,
    costNano: null,
    costMissing: 0,
    firstTextUs: null,
    spanCount: 1,
    errorCount: 0,
    inputPreview: '',
    outputPreview: '',
    ...expected,
  }
}

interface Wanted extends TraceQuery {
  status?: string
  model?: string
  tags?: readonly string[]
}

/** A question for the commonest terms. */
export function asking({ status, model, tags = [], ...query }: Wanted): TraceQuery {
  const terms: Term[] = tags.map((tag) => ({ field: 'tag', values: [tag] }))
  if (status !== undefined) terms.push({ field: 'status', values: [status] })
  if (model !== undefined) terms.push({ field: 'model', values: [model] })
  return { ...query, terms }
}

/** One step with its bodies. */
export async function spanOf(
  store: Store,
  project: string,
  spanId: string,
): Promise<SpanDetail | undefined> {
  const [span] = await store.spans(project, [spanId])
  return span
}
