/**
 * From one trace to the next, and back to the list that they are of.
 *
 * @module
 */

import type { TraceSummary } from '../../store/store.ts'
import { traceAddress } from '../addresses.ts'
import { ALL, type Filters } from '../list/filters.ts'
import { listAddress } from '../list/list-address.ts'
import type { Neighbours } from '../trace/neighbours.ts'
import { viewSearch } from '../list/view-address.ts'
import { named, Text } from './text.tsx'

interface NeighbourLinksProps extends Neighbours {
  /** The search that the trace was opened from. */
  filters: Filters
}

export function NeighbourLinks({ newer, older, filters }: NeighbourLinksProps) {
  const within = viewSearch(filters)
  return (
    <nav class="beside" aria-label="Other traces">
      <a href={listAddress(within === '' ? ALL : filters)}>
        ← {within === '' ? 'All traces' : <Text text={`Found: ${filters.q || within}`} />}
      </a>
      <Way to={newer} rel="prev" words="↑ Newer" end="newest" within={within} />
      <Way to={older} rel="next" words="↓ Older" end="oldest" within={within} />
    </nav>
  )
}

interface WayProps {
  to: TraceSummary | undefined
  rel: 'prev' | 'next'
  words: string
  /** What this trace is where there is no other. */
  end: string
  within: string
}

function Way({ to, rel, words, end, within }: WayProps) {
  if (!to) return <span class="note">{end}</span>
  const started = new Date(to.startUs / 1000).toISOString().slice(0, 19).replace('T', ' ')
  return (
    <a
      href={traceAddress(to.traceId, { within })}
      rel={rel}
      title={`${named(to.name || 'unnamed')}, ${started} UTC`}
    >
      {words}
    </a>
  )
}
