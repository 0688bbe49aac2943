/**
 * What an address asks to compare. Whatever is wrong with it is said in a sentence.
 *
 * @module
 */

export interface Asked {
  /** As written, for the form. */
  a: string
  b: string
  isOnlyDifferent: boolean
  /** The pair that is shown in full: record ids of a step of each, either of which may be missing. */
  step: { a: string | undefined; b: string | undefined } | undefined
  /** The first row shown. */
  from: number
}

/** Of a trace, or of a step. */
export type Named = { type: 'trace' | 'step'; id: string }

/** In place of an id: the trace of the same name that began before the other one. */
export const BEFORE = 'before'

/** Longer than the address of any page of ours. */
export const MAX_ID_CHARS = 2000

export function readAsked(parameters: URLSearchParams): Asked {
  const text = (name: string) => (parameters.get(name) ?? '').trim().slice(0, MAX_ID_CHARS)
  const [, a = '', b = ''] = /^([\da-f-]*)~([\da-f-]*)$/.exec(text('step')) ?? []
  const from = text('from')
  return {
    a: text('a'),
    b: text('b'),
    isOnlyDifferent: text('only') === 'diff',
    step: a || b ? { a: a || undefined, b: b || undefined } : undefined,
    from: /^\d{1,9}$/.test(from) ? Number(from) : 0,
  }
}

const TRACE = /^[\da-f]{32}$/
const STEP = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** An id by itself, or in the address of its page. `undefined` for what is neither. */
export function readId(text: string): Named | undefined {
  const [, path] = /\/traces\/([^?#]*)/.exec(text) ?? []
  const id = (path?.split('/spans/').at(-1) ?? text).replace(/\/$/, '').toLowerCase()
  if (TRACE.test(id)) return { type: 'trace', id }
  return STEP.test(id) ? { type: 'step', id } : undefined
}
