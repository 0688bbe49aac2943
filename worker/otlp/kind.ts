/**
 * What a span is: a call to a model, a tool, an agent, or a step of any other kind.
 *
 * @module
 */

import { SPAN_KINDS, type SpanKind } from '../../src/lib/record.ts'
import { oneOf } from '../api/defined.ts'
import type { Span } from './span.ts'

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['chat', 'generation'],
  ['generate_content', 'generation'],
  ['text_completion', 'generation'],
  ['fetch_response', 'generation'],
  ['image_generation', 'generation'],
  ['speech', 'generation'],
  ['transcription', 'generation'],
  ['embeddings', 'embedding'],
  ['rerank', 'retriever'],
  ['moderation', 'guardrail'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'agent'],
  ['invoke_workflow', 'workflow'],
  ['agent_step', 'task'],
  ['plan', 'task'],
  ['retrieval', 'retriever'],
  ['guardrail.run', 'guardrail'],
  ['guard', 'guardrail'],
])

/** Of what is done by no model, though a model may be named. */
const STEPS = new Set([
  'execute_tool',
  'invoke_agent',
  'create_agent',
  'invoke_workflow',
  'retrieval',
  'agent_step',
  'plan',
  'guardrail.run',
  'guard',
])

/** A step that nobody says more of is a workflow at the root, and a task within. */
export function kindOf({ attributes, parentId }: Span, operation: string | undefined): SpanKind {
  return (
    oneOf(SPAN_KINDS, attributes.take('carrot.kind')) ??
    KINDS.get(operation ?? '') ??
    (attributes.look('gen_ai.tool.name') !== undefined ? 'tool' : undefined) ??
    (parentId === null ? 'workflow' : 'task')
  )
}

/** Whether the kind says all that the operation does. */
export function isTold(operation: string): boolean {
  return KINDS.has(operation)
}

/** An operation that nobody knows counts as a call where a model does it. */
export function isCall(operation: string | undefined, kind: SpanKind): boolean {
  if (operation === undefined || STEPS.has(operation)) return false
  return KINDS.has(operation) || kind === 'generation' || kind === 'embedding'
}
