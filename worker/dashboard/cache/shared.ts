/**
 * How much of a prompt is the same as the beginning of another one, and where they first differ.
 *
 * Caches compare text from its beginning, so that one character more in front costs all that follows.
 *
 * @module
 */

import { parse } from '../../../src/lib/json.ts'
import { sorted } from '../compare/differences.ts'
import type { Part } from './prompt.ts'

export interface Shared {
  /**
   * `grown`: all of the one before, and more. `shortened`: no more than a beginning of it. `apart`: not
   * one character.
   */
  outcome: 'same' | 'grown' | 'shortened' | 'parted' | 'apart'
  parts: Extent
  chars: Extent
  /** Where they first differ, if both go on. */
  place: Place | undefined
}

interface Extent {
  shared: number
  of: number
}

export interface Place {
  before: Part
  now: Part
  /** How many characters of both parts are the same. */
  at: number
  /** They say the same, written in another way. */
  form: Form | undefined
  /** The name that this very part has in the other prompt, where it stands elsewhere in it. */
  moved: string | undefined
}

export type Form = 'space' | 'order' | 'order and space'

export function sharedPrompt(before: readonly Part[], now: readonly Part[]): Shared {
  let whole = 0
  let chars = 0
  for (const part of now) {
    if (!isSame(part, before[whole])) break
    whole += 1
    chars += part.text.length
  }
  const [partBefore, partNow] = [before[whole], now[whole]]
  const place = partBefore && partNow && placeOf(partBefore, partNow, before)
  chars += place?.at ?? 0
  return {
    outcome: place
      ? chars > 0
        ? 'parted'
        : 'apart'
      : partNow
        ? 'grown'
        : partBefore
          ? 'shortened'
          : 'same',
    parts: { shared: whole, of: now.length },
    chars: { shared: chars, of: now.reduce((sum, { text }) => sum + text.length, 0) },
    place,
  }
}

function isSame(one: Part, other: Part | undefined): boolean {
  return other !== undefined && isAlike(one, other) && one.text === other.text
}

/** What stands before the text itself is the same. */
function isAlike(one: Part, other: Part): boolean {
  return one.type === other.type && one.who === other.who
}

function placeOf(before: Part, now: Part, all: readonly Part[]): Place {
  const canShare = isAlike(before, now)
  const moved = all.find(
    (part) => part !== before && part.type === 'tool' && part.text === now.text,
  )
  return {
    before,
    now,
    at: canShare ? sharedChars(before.text, now.text) : 0,
    form: canShare ? sameButForm(before.text, now.text) : undefined,
    moved: now.type === 'tool' ? moved?.name : undefined,
  }
}

/** Never ends in half a character. */
function sharedChars(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  const last = a.charCodeAt(at - 1)
  return at > 0 && last >= 0xd800 && last < 0xdc00 ? at - 1 : at
}

/** Longer texts are not read as JSON to find out. */
const MAX_FORM_CHARS = 1_000_000

function sameButForm(a: string, b: string): Form | undefined {
  if (a === b || Math.max(a.length, b.length) > MAX_FORM_CHARS) return undefined
  if (squeezed(a) === squeezed(b)) return 'space'
  const [one, other] = [a, b].map((text) => sorted(parse(text)))
  if (one === undefined || other === undefined) return undefined
  if (one === other) return 'order'
  return squeezed(one) === squeezed(other) ? 'order and space' : undefined
}

/** Without white space, also where JSON writes it inside of a text. */
function squeezed(text: string): string {
  return text.replace(/\s+|\\[nrt]/g, '')
}
