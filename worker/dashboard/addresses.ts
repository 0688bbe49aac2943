/**
 * Where pages are. Links are made here, so that no captured text becomes one by itself.
 *
 * @module
 */

export type View = (typeof VIEWS)[number]
const VIEWS = ['chat', 'plain', 'json', 'code'] as const
export type Side = 'input' | 'output'

export function readView(value: string | undefined): View {
  return VIEWS.find((view) => view === value) ?? 'chat'
}

/** A longer search is not taken along: it would stand in every link of a page. */
export const MAX_WITHIN_CHARS = 300

/** @param within The search that it was opened from. */
export function traceAddress(traceId: string, from = 0, within = ''): string {
  return withQuery(`/traces/${encodeURIComponent(traceId)}`, [
    ['from', from > 0 ? String(from) : ''],
    ['in', within],
  ])
}

export function stepAddress(traceId: string, id: string, view: View = 'chat', within = ''): string {
  return withQuery(`${traceAddress(traceId)}/spans/${encodeURIComponent(id)}`, [
    ['view', view === 'chat' ? '' : view],
    ['in', within],
  ])
}

function withQuery(path: string, all: readonly (readonly [name: string, value: string])[]): string {
  const some = new URLSearchParams()
  for (const [name, value] of all) {
    if (value !== '' && value.length <= MAX_WITHIN_CHARS) some.append(name, value)
  }
  return some.size > 0 ? `${path}?${some}` : path
}

export function rawAddress(traceId: string, id: string, side: Side): string {
  return `${stepAddress(traceId, id)}?raw=${side}`
}

export function deleteAddress(traceId: string): string {
  return `${traceAddress(traceId)}/delete`
}
