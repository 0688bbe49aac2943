/**
 * One box to search in, and the time: a form that asks for an address.
 *
 * @module
 */

import type { Search } from '../../query/search.ts'
import { type Filters, RANGES } from '../list/filters.ts'
import { type ActiveFilter, activeFilters } from '../list/list-address.ts'
import { Text } from './text.tsx'

export interface SearchFormProps {
  filters: Filters
  problems: readonly string[]
  /** Where the form leads to. */
  path: string
  /** What else stays as it is. */
  by?: string
}

export function SearchForm({ filters, problems, path, by }: SearchFormProps) {
  const { q, range, from, to, sort } = filters
  return (
    <>
      <form class="filters" method="get" action={path} role="search" aria-label="Filter traces">
        <label class="box">
          <span>Search</span>
          <input
            type="search"
            name="q"
            id="q"
            value={q}
            placeholder='model:gpt-4o status:error latency:>2s tag:prod "words in it"'
            autocomplete="off"
            spellcheck={false}
            maxlength={4000}
          />
        </label>
        <label>
          <span>Started in</span>
          <select name="range">
            <option value="">{from || to ? 'between dates' : 'any time'}</option>
            {Object.entries(RANGES).map(([value, words]) => (
              <option value={value} selected={value === range}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {sort && (
          <input type="hidden" name="sort" value={`${sort.ascending ? '' : '-'}${sort.by}`} />
        )}
        {by && <input type="hidden" name="by" value={by} />}
        <details class="dates" open={Boolean(from || to)}>
          <summary>Dates</summary>
          <DateTime name="from" label="From" value={from} />
          <DateTime name="to" label="Until" value={to} />
        </details>
        <button type="submit">Search</button>
      </form>
      {problems.length > 0 && (
        <div class="notice warn" role="alert">
          <strong>Not filtered by all you asked for.</strong>
          <ul>
            {problems.map((problem) => (
              <li>
                <Text text={problem} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

interface DateTimeProps {
  name: string
  label: string
  value: string | undefined
}

function DateTime({ name, label, value }: DateTimeProps) {
  return (
    <label>
      <span>
        {label} <span data-zone="">UTC</span>
      </span>
      <input type="datetime-local" name={name} value={value?.slice(0, 16)} data-utc={value ?? ''} />
    </label>
  )
}

interface ChipsProps {
  filters: Filters
  search: Search
  /** Whose filters they are. */
  path?: string
}

/** The filters in force. Each is a link to the list without it. */
export function Chips({ filters, search, path = '/traces' }: ChipsProps) {
  const found = activeFilters(filters, search, path)
  if (found.length === 0) return <></>
  return (
    <ul class="chips" aria-label="Filters in force">
      {found.map((active) => {
        const { name, value, without, isBad } = active
        return (
          <li>
            <a href={without} class={isBad ? 'bad' : undefined} aria-label={labelOf(active)}>
              {name && <span class="name">{name} </span>}
              <Text text={value} />
              {isBad && <span class="name"> not understood</span>} <span class="x">×</span>
            </a>
          </li>
        )
      })}
      {found.length > 1 && (
        <li>
          <a class="clear" href={path}>
            Clear all
          </a>
        </li>
      )}
    </ul>
  )
}

/** With all that is to be seen of it. */
function labelOf({ name, value, isBad }: ActiveFilter): string {
  return ['Remove filter', name, value, isBad ? 'not understood' : ''].filter(Boolean).join(' ')
}
