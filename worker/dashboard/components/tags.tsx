/**
 * Values that traces are found by, each a link to the list of those that have it.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { WordField } from '../../store/query.ts'
import { ALL, type Filters } from '../list/filters.ts'
import { listAddress, term, withTerm } from '../list/list-address.ts'
import { Text } from './text.tsx'

interface FilterLinkProps {
  field: WordField
  value: string
  /** The filters that a click adds to. */
  filters?: Filters | undefined
  class?: string
  children?: Child
}

export function FilterLink({
  field,
  value,
  filters = ALL,
  class: name,
  children,
}: FilterLinkProps) {
  return (
    <a class={name} href={listAddress(withTerm(filters, term(field, value)))}>
      {children ?? <Text text={value} />}
    </a>
  )
}

export function Tags({ tags, filters }: { tags: readonly string[]; filters?: Filters }) {
  if (tags.length === 0) return <></>
  return (
    <span class="tags">
      {tags.map((tag) => (
        <FilterLink class="tag" field="tag" value={tag} filters={filters} />
      ))}
    </span>
  )
}

export function Models({ models, filters }: { models: readonly string[]; filters?: Filters }) {
  return (
    <span class="models">
      {models.map((model) => (
        <FilterLink field="model" value={model} filters={filters} />
      ))}
    </span>
  )
}
