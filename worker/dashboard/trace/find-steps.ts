/**
 * Which steps of a trace a text finds: those with it in their name, model, kind or status, whatever
 * the case. `islands/find.ts` finds the same.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { plainText } from '../components/text.tsx'
import type { Step, TreeRow } from './tree.ts'

/** Of a name or a model; what comes after is not looked at. `islands/outline.ts` cuts there, too. */
export const FOUND_CHARS = 200

/** Longer than what it is looked for in, a text finds nothing. */
export const MAX_FIND_CHARS = FOUND_CHARS

export function nameOf(span: SpanRow): string {
  return plainText(span.name.slice(0, FOUND_CHARS)) || 'unnamed'
}

export function modelOf(span: SpanRow): string {
  return plainText((span.model ?? '').slice(0, FOUND_CHARS))
}

export function isFound(row: TreeRow, find: string): row is Step {
  if (row.type === 'group' || find === '') return false
  const { span } = row
  const text = [nameOf(span), modelOf(span), span.kind, span.status].join('\n')
  return text.toLowerCase().includes(find.toLowerCase())
}

export function readFind(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_FIND_CHARS)
}
