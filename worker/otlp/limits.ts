/**
 * How much of a request is taken. What is beyond is counted, and said to whoever sent it.
 *
 * @module
 */

export const MAX_BODY_BYTES = 10 * 1024 * 1024
export const MAX_SPANS = 10_000
/** OpenInference and Traceloop say each text of a conversation in one of its own. */
export const MAX_ATTRIBUTES = 4096
/** Of those that nobody understands and that become metadata. */
export const MAX_METADATA = 256
export const MAX_KEY_CHARS = 256
/** Of one that becomes metadata; what was said to a model and what it said is only limited by the body. */
export const MAX_METADATA_CHARS = 16_384
export const MAX_EVENTS = 128
/** Nesting of one value: what is deeper is left out. */
export const MAX_DEPTH = 64

/** What of a request was left out. */
export interface Dropped {
  attributes: number
  events: number
  links: number
  /** Texts that were cut. */
  cut: number
  /** Values that were nested too deep. */
  deep: number
}

export function nothingDropped(): Dropped {
  return { attributes: 0, events: 0, links: 0, cut: 0, deep: 0 }
}

/** As in "attributes left out: 3, long texts cut: 1"; `undefined` if nothing was. */
export function tellDropped({ attributes, events, links, cut, deep }: Dropped): string | undefined {
  const counts: [what: string, amount: number][] = [
    ['attributes left out', attributes],
    ['events left out', events],
    ['links left out', links],
    ['long texts cut', cut],
    ['values nested too deep left out', deep],
  ]
  const told = counts.flatMap(([what, amount]) => (amount > 0 ? [`${what}: ${amount}`] : []))
  return told.length > 0 ? told.join(', ') : undefined
}
