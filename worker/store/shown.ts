/**
 * What a step is shown as where nobody has said it.
 *
 * @module
 */

import type { SentCall } from '../../src/lib/ingest.ts'
import type { SpanKind } from '../../src/lib/record.ts'

interface Step {
  name: string | null
  kind: SpanKind | null
  model: string | null
  parentId: string | null
}

/** A model call if a model is named; else it depends on where it stands. */
export function shownKind({ kind, model, parentId }: Omit<Step, 'name'>): SpanKind {
  if (kind !== null) return kind
  if (model !== null) return 'generation'
  return parentId === null ? 'workflow' : 'task'
}

export function shownName(step: Step): string {
  return step.name ?? step.model ?? shownKind(step)
}

/** Until the first text of a stream; a whole answer has none before its end. */
export function firstTextUs(call: SentCall | null): number | null {
  const { firstTextMs } = call?.time ?? {}
  if (firstTextMs === undefined) return null
  return Math.min(Math.max(0, Math.round(firstTextMs * 1000)), Number.MAX_SAFE_INTEGER)
}

/** What a summary shows of a trace's models, and of its tags. */
export const MAX_LABELS = 100
