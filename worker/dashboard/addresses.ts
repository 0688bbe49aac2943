/**
 * Where pages are. Links are made here, so that no captured text becomes one by itself.
 *
 * @module
 */

const VIEWS = ['chat', 'plain', 'json', 'code', 'cache', 'score'] as const
export type View = (typeof VIEWS)[number]
export type Side = 'input' | 'output'

export function readView(value: string | undefined): View {
  return VIEWS.find((view) => view === value) ?? 'chat'
}

/** A longer search is not taken along: it would stand in every link of a page. */
export const MAX_WITHIN_CHARS = 300

/** What stays in the address on the way through a trace. */
export interface Kept {
  /** What is looked for in the trace. */
  find?: string | undefined
  /** The search that it was opened from. */
  within?: string | undefined
}

/** @param from The first row, where it is not the first of all. */
export function traceAddress(
  traceId: string,
  { from, find, within }: Kept & { from?: number | undefined } = {},
): string {
  // Where something is looked for, a page without a first row is of what was found.
  const first = from === 0 && !find ? undefined : from
  return `/traces/${encodeURIComponent(traceId)}${query({ from: first, find, in: short(within) })}`
}

export function stepAddress(
  traceId: string,
  id: string,
  view: View = 'chat',
  { find, within }: Kept = {},
): string {
  const path = `${traceAddress(traceId)}/spans/${encodeURIComponent(id)}`
  return path + query({ view: view === 'chat' ? undefined : view, find, in: short(within) })
}

function short(within = ''): string {
  return within.length > MAX_WITHIN_CHARS ? '' : within
}

/** All steps of a trace in a line each, for a script. */
export function outlineAddress(traceId: string): string {
  return `${traceAddress(traceId)}/outline`
}

/** @param beside The id of the call whose prompt this one's is compared with. */
export function cacheAddress(traceId: string, id: string, beside: string): string {
  return `${stepAddress(traceId, id, 'cache')}&with=${encodeURIComponent(beside)}`
}

export function rawAddress(traceId: string, id: string, side: Side): string {
  return `${stepAddress(traceId, id)}?raw=${side}`
}

export function scoreAddress(traceId: string, id: string): string {
  return `${stepAddress(traceId, id)}/score`
}

/** As a parameter: a session may be called anything, also what would lead elsewhere as a part of a path. */
export function sessionAddress(id: string): string {
  return `/session?${new URLSearchParams({ id })}`
}

export function exportAddress(traceId: string, format: string): string {
  return `/v1/export.jsonl?q=id:${traceId}&format=${format}`
}

export function deleteAddress(traceId: string): string {
  return `${traceAddress(traceId)}/delete`
}

export interface Comparison {
  /** Where it is missing, the page asks for it. */
  a?: string
  b: string
  isOnlyDifferent?: boolean
  /** The pair shown in full: its ids, either of which may be missing. */
  step?: { a?: string | undefined; b?: string | undefined } | undefined
  from?: number
}

export function compareAddress({ a, b, isOnlyDifferent, step, from = 0 }: Comparison): string {
  const parameters = new URLSearchParams(a === undefined ? { b } : { a, b })
  if (isOnlyDifferent) parameters.set('only', 'diff')
  if (from > 0) parameters.set('from', String(from))
  const address = `/compare?${parameters}`
  return step ? `${address}&step=${step.a ?? ''}~${step.b ?? ''}#pair` : address
}

function query(parts: Record<string, string | number | undefined>): string {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '')
  const text = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return text.length > 0 ? `?${text.join('&')}` : ''
}
