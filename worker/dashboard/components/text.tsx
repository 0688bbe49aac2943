/**
 * Captured text, shown as it came.
 *
 * Nothing in it is markup. Characters that would act on the page or lie about it (terminal escapes,
 * overrides of the reading direction) are shown by their names.
 *
 * @module
 */

import { count } from '../units.ts'

const ACTING = /((?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069])/u

/** From here on a text is shown by its beginning. */
const BIG_CHARS = 256 * 1024
const HEAD_CHARS = 64 * 1024

export function Text({ text }: { text: string }) {
  if (!ACTING.test(text)) return <>{text}</>
  // Split by a group: every other piece is what the group matched.
  const pieces = text.split(new RegExp(ACTING, 'gu'))
  return (
    <>{pieces.map((piece, index) => (index % 2 ? <b class="acting">{nameOf(piece)}</b> : piece))}</>
  )
}

/** The same where there can be no elements. */
export function named(text: string): string {
  return text.replace(new RegExp(ACTING, 'gu'), nameOf)
}

/** The same in one line, for where there is no page: with nothing in it that acts, and no line of its own. */
export function plainText(text: string): string {
  return named(text).replace(/[\t\n\r]/g, ' ')
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

interface LongTextProps {
  text: string
  /** How much is shown before it is asked for. */
  limit: number
  /** The whole of it, as a file. */
  raw: string
}

/** Text that folds after `limit` characters, and says how long it is. */
export function LongText({ text, limit, raw }: LongTextProps) {
  if (text.length <= limit) return <Words text={text} />
  return (
    <>
      <Words text={`${cut(text, limit)}…`} />
      <details class="more">
        <summary>show all ({count(text.length)} characters)</summary>
        <Head text={text} raw={raw} />
      </details>
    </>
  )
}

/** The text, or its first 64 KB and where the rest is. */
export function Head({ text, raw }: { text: string; raw: string }) {
  if (text.length <= BIG_CHARS) return <Words text={text} />
  return (
    <>
      <Words text={cut(text, HEAD_CHARS)} />
      <p class="note">
        The first {count(HEAD_CHARS)} of {count(text.length)} characters. <a href={raw}>Raw JSON</a>
      </p>
    </>
  )
}

function Words({ text }: { text: string }) {
  return (
    <div class="said" dir="auto">
      <Text text={text} />
    </div>
  )
}

/** Never ends in half a character. */
export function cut(text: string, length: number): string {
  const code = text.charCodeAt(length - 1)
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length)
}

/** The end of a text, which never begins in half a character. */
export function cutStart(text: string, length: number): string {
  const at = Math.max(text.length - length, 0)
  const code = text.charCodeAt(at)
  return text.slice(at > 0 && code >= 0xdc00 && code < 0xe000 ? at + 1 : at)
}

export function Unknown() {
  return <span class="unknown">unknown</span>
}

/** For columns, where a word would be noise: it is drawn as a dash, and read and copied as what it is. */
export function Dash() {
  return <i class="unknown dash">unknown</i>
}
