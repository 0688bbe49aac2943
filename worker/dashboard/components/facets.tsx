/**
 * Which values there are among the traces found, and how many have each. A value is a link to the list
 * of those that have it, and beside it stands one to the list of those that do not.
 *
 * @module
 */

import {
  FACET_TRACES,
  type Facet,
  type Facets as Found,
  type WordField,
} from '../../store/query.ts'
import type { Filters } from '../list/filters.ts'
import { listAddress, term, withTerm } from '../list/list-address.ts'
import { compact, count } from '../units.ts'
import { Text } from './text.tsx'

export const FACETS = [
  'status',
  'kind',
  'model',
  'name',
  'tag',
  'user',
  'environment',
  'provider',
  'has',
] as const satisfies readonly WordField[]

/** More stand folded. */
const FIRST = 6
const MOST = 20
/** A longer value may not fit, and is in the title as well. */
const SHORT = 18

interface FacetsProps {
  facets: Found
  filters: Filters
}

export function Facets({ facets, filters }: FacetsProps) {
  const fields = FACETS.filter((field) => (facets[field] ?? []).length > 0)
  if (fields.length === 0) return <></>
  return (
    <aside class="facets" id="facets" aria-label="Values to filter by">
      {fields.map((field) => (
        <section aria-label={field}>
          <h2>{field}</h2>
          <Values field={field} values={(facets[field] ?? []).slice(0, FIRST)} filters={filters} />
          <More field={field} values={(facets[field] ?? []).slice(FIRST, MOST)} filters={filters} />
        </section>
      ))}
      <p class="note">Counted in the newest {count(FACET_TRACES)} at most.</p>
    </aside>
  )
}

interface ValuesProps {
  field: WordField
  values: readonly Facet[]
  filters: Filters
}

function More({ field, values, filters }: ValuesProps) {
  if (values.length === 0) return <></>
  return (
    <details>
      <summary>{count(values.length)} more</summary>
      <Values field={field} values={values} filters={filters} />
    </details>
  )
}

function Values({ field, values, filters }: ValuesProps) {
  return (
    <ul>
      {values.map(({ value, traces }) => (
        <li>
          <a
            href={listAddress(withTerm(filters, term(field, value)))}
            title={value.length > SHORT ? value : undefined}
          >
            <Text text={value} />
          </a>
          <span>{compact(traces)}</span>
          <a
            class="not"
            href={listAddress(withTerm(filters, `-${term(field, value)}`))}
            aria-label={`not ${field} ${value}`}
          >
            not
          </a>
        </li>
      ))}
    </ul>
  )
}
