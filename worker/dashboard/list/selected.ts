/**
 * Traces that were selected in the list, and what is to be done with them.
 *
 * @module
 */

import { Invalid } from '../../auth/invalid.ts'
import { MAX_TERM_TRACES } from '../../store/query.ts'

const FOR = ['compare', 'records', 'chat', 'otlp', 'delete'] as const
export type SelectedFor = (typeof FOR)[number]

export interface Selected {
  traces: string[]
  to: SelectedFor
}

/** @throws {Invalid} */
export function readSelected(parameters: URLSearchParams): Selected {
  const to = FOR.find((one) => one === parameters.get('do'))
  if (to === undefined) throw new Invalid('what is to be done with the traces was not said')
  return { traces: readTraces(parameters.getAll('trace')), to }
}

/** @throws {Invalid} */
export function readTraces(ids: readonly string[]): string[] {
  const traces = [...new Set(ids)]
  if (traces.length === 0) throw new Invalid('no trace was selected: go back and select some')
  if (traces.length > MAX_TERM_TRACES) {
    throw new Invalid(`${MAX_TERM_TRACES} traces can be selected at once, found ${traces.length}`)
  }
  if (!traces.every((id) => /^[0-9a-f]{32}$/.test(id))) {
    throw new Invalid('one of the traces has an id that is none: those have 32 digits from 0 to f')
  }
  return traces
}
