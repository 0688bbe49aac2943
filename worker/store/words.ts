/**
 * The words that a record may use, as values: for reading what comes from outside, and for menus.
 *
 * @module
 */

import type { SpanKind, SpanStatus } from '../../src/lib/record.ts'

export const STATUSES: readonly SpanStatus[] = ['running', 'success', 'error']

export const KINDS: readonly SpanKind[] = [
  'workflow',
  'agent',
  'task',
  'tool',
  'retriever',
  'embedding',
  'generation',
  'guardrail',
  'evaluator',
]
