/**
 * Rows as JSON arrays that an engine takes as one parameter.
 *
 * @module
 */

/** A Durable Object and D1 take at most 2 MB a parameter; characters may have three bytes. */
const MAX_CHARS = 512 * 1024

export function slices(rows: readonly unknown[]): string[] {
  const texts: string[] = []
  let some: string[] = []
  let chars = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (some.length > 0 && chars + text.length > MAX_CHARS) {
      texts.push(`[${some.join(',')}]`)
      some = []
      chars = 0
    }
    some.push(text)
    chars += text.length + 1
  }
  return some.length > 0 ? [...texts, `[${some.join(',')}]`] : texts
}
