/**
 * Where pages are. Links are made here, so that no captured text becomes one by itself.
 *
 * @module
 */

export type View = 'chat' | 'json' | 'code'
export type Side = 'input' | 'output'

export function readView(value: string | undefined): View {
  return value === 'json' || value === 'code' ? value : 'chat'
}

/** The first row where it is not the first of all, and what is looked for. */
export interface Place {
  from?: number | undefined
  find?: string | undefined
}

export function traceAddress(traceId: string, { from, find }: Place = {}): string {
  // Where something is looked for, a page without a first row is of what was found.
  const first = from === 0 && !find ? undefined : from
  return `/traces/${encodeURIComponent(traceId)}${query({ from: first, find })}`
}

export function stepAddress(
  traceId: string,
  id: string,
  view: View = 'chat',
  find: string | undefined = undefined,
): string {
  const path = `${traceAddress(traceId)}/spans/${encodeURIComponent(id)}`
  return path + query({ view: view === 'chat' ? undefined : view, find })
}

/** All steps of a trace in a line each, for a script. */
export function outlineAddress(traceId: string): string {
  return `${traceAddress(traceId)}/outline`
}

export function rawAddress(traceId: string, id: string, side: Side): string {
  return `${stepAddress(traceId, id)}?raw=${side}`
}

export function deleteAddress(traceId: string): string {
  return `${traceAddress(traceId)}/delete`
}

function query(parts: Record<string, string | number | undefined>): string {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '')
  const text = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return text.length > 0 ? `?${text.join('&')}` : ''
}
