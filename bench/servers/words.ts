/**
 * Text that looks like a model's, and is the same in every run.
 *
 * Random words, so that compression helps a sender as much as it does in life and no more.
 *
 * @module
 */

const SYLLABLES = 'ta re mi son ver lo qui ban der fu el gra ni pos tu ka len or shi wen'.split(' ')

/** Mulberry32: small, fast, and good enough for words. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Words of one to three syllables, each with the space before it, as tokens come. */
export function words(seed: number, count: number): string[] {
  const next = random(seed)
  return Array.from({ length: count }, () => {
    const syllables = Array.from({ length: 1 + Math.floor(next() * 3) }, () =>
      SYLLABLES.at(Math.floor(next() * SYLLABLES.length)),
    )
    return ` ${syllables.join('')}`
  })
}

/** Words that make up this many characters. */
export function text(seed: number, chars: number): string {
  return words(seed, Math.ceil(chars / 3))
    .join('')
    .slice(1, chars + 1)
}
