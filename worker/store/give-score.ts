/**
 * Scores a step that is stored.
 *
 * @module
 */

import { type Score, type Scores, validScores } from './score.ts'
import type { SpanChange, SpanRow, Store } from './store.ts'

/** @returns All scores of the step from now on; nothing where it had so many that there was no room. */
export async function giveScore(
  store: Store,
  project: string,
  { span, name, score, nowMs }: Given,
): Promise<Scores | undefined> {
  // Not by the name alone: `constructor` is one.
  const before = new Map(Object.entries(span.scores)).get(name)
  // Also where the clock of who gave the one before is ahead.
  const atMs = Math.max(nowMs, before ? before.atMs + 1 : 0)
  const told: Scores = Object.fromEntries([[name, { ...score, atMs }]])
  await store.write(project, [
    {
      ...NOTHING,
      id: span.id,
      traceId: span.traceId,
      spanId: span.spanId,
      parentId: span.parentId,
      scores: told,
    },
  ])
  const [stored] = await store.spans(project, [span.id])
  const scores = validScores(stored?.scores)
  return score.value === null || Object.hasOwn(scores, name) ? scores : undefined
}

interface Given {
  span: SpanRow
  name: string
  score: Omit<Score, 'atMs'>
  nowMs: number
}

const NOTHING: Omit<SpanChange, 'id' | 'traceId' | 'spanId' | 'parentId' | 'scores'> = {
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
  input: null,
  output: null,
}
