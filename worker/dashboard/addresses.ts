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

export function traceAddress(traceId: string, from = 0): string {
  const path = `/traces/${encodeURIComponent(traceId)}`
  return from > 0 ? `${path}?from=${from}` : path
}

export function stepAddress(traceId: string, id: string, view: View = 'chat'): string {
  const path = `${traceAddress(traceId)}/spans/${encodeURIComponent(id)}`
  return view === 'chat' ? path : `${path}?view=${view}`
}

export function rawAddress(traceId: string, id: string, side: Side): string {
  return `${stepAddress(traceId, id)}?raw=${side}`
}

export function deleteAddress(traceId: string): string {
  return `${traceAddress(traceId)}/delete`
}
