/**
 * Texts of any length, in parts that fit a row.
 *
 * @module
 */

import type { Driver } from './driver.ts'
import { sql } from './sql.ts'

export type BodyField = 'input' | 'output' | 'facts'

/**
 * A Durable Object takes at most 2 MB a value in production (and more in local emulation). At
 * three bytes a character these are 384 KiB.
 */
export const PART_CHARS = 128 * 1024

export interface Bodies {
  read(span: number, field: BodyField): string | undefined
  /** Replaces what was there. The same text again writes nothing. */
  write(span: number, field: BodyField, text: string): void
  remove(span: number, field: BodyField): void
}

export function bodies({ all }: Driver): Bodies {
  return {
    read(span, field) {
      const parts = all<{ text: string }>(sql.body, span, field)
      return parts.length === 0 ? undefined : parts.map(({ text }) => text).join('')
    },
    write(span, field, text) {
      const parts = split(text)
      for (const [index, part] of parts.entries()) all(sql.putPart, span, field, index, part)
      all(sql.cutBody, span, field, parts.length)
    },
    remove(span, field) {
      all(sql.cutBody, span, field, 0)
    },
  }
}

function split(text: string): string[] {
  const parts: string[] = []
  let start = 0
  while (start < text.length) {
    const full = start + PART_CHARS
    // A surrogate pair stays together: half of one is no UTF-8.
    const end = /[\uD800-\uDBFF]/.test(text.charAt(full - 1)) ? full - 1 : full
    parts.push(text.slice(start, end))
    start = end
  }
  return parts
}
