/**
 * Any JavaScript string as text that every engine gives back unchanged, and compares as it is.
 *
 * Engines keep UTF-8: a lone surrogate would come back as U+FFFD, and SQLite's own functions end a text
 * at NUL. Such characters are written `\xxxx` and the backslash itself likewise, so that different
 * strings stay different and a filter can compare them.
 *
 * @module
 */

export function encode(text: string): string {
  return text.replace(
    /[\\\p{Cc}\p{Cs}]/gu,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function decode(text: string): string {
  return text.replace(/\\([0-9a-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Of a mark: the one line break between key and value of metadata stays, and no other is left. */
export function encodeMark(value: string): string {
  return value.split('\n').map(encode).join('\n')
}
