/**
 * The beginning of an input or output, readable at a glance in a list.
 *
 * @module
 */

import { fields, items, type Json, string } from '../../src/lib/json.ts'
import { PREVIEW_CHARS } from './store.ts'

/** @param text The value as JSON, which its writer needs anyway. */
export function preview(value: Json, text: string): string {
  return cut(string(value) ?? asked(value) ?? said(value) ?? text)
}

/** Of a chat body what the user said last. */
function asked(value: Json): string | undefined {
  const { messages } = fields(value)
  const last = items(messages).findLast((message) => fields(message).role === 'user')
  return content(last)
}

/** Of an assistant's message what it says, also where it is wrapped in `message`. */
function said(value: Json): string | undefined {
  return content(value) ?? content(fields(value).message)
}

/** A message's text: all of it, or that of its text blocks. None if it has no words. */
function content(message: Json | undefined): string | undefined {
  const { content: whole } = fields(message)
  const text = string(whole) ?? items(whole).map(blockText).filter(Boolean).join(' ')
  return text === '' ? undefined : text
}

function blockText(block: Json): string {
  return string(block) ?? string(fields(block).text) ?? ''
}

function cut(text: string): string {
  // Never half of a surrogate pair.
  const half = /[\uD800-\uDBFF]/.test(text.charAt(PREVIEW_CHARS - 1))
  return text.slice(0, half && text.length > PREVIEW_CHARS ? PREVIEW_CHARS - 1 : PREVIEW_CHARS)
}
