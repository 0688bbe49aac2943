/**
 * The filters of the list: a form that asks for an address, and a chip for each filter in force.
 *
 * @module
 */

import { activeFilters, RANGES, STATUSES, type Filters } from '../filters.ts'
import { Text } from './text.tsx'

export interface FilterFormProps {
  filters: Filters
  problems: readonly string[]
  models: readonly string[]
  tags: readonly string[]
}

export function FilterForm({ filters, problems, models, tags }: FilterFormProps) {
  const { status, model, range, from, to } = filters
  const free = tags.filter((tag) => !filters.tags.includes(tag))
  return (
    <>
      <form class="filters" method="get" action="/traces" aria-label="Filter traces">
        <Choice name="status" label="Status" any="any status" value={status} values={STATUSES} />
        <Choice name="model" label="Model" any="any model" value={model} values={models} />
        <Choice
          name="tag"
          label="Tag"
          any={filters.tags.length > 0 ? 'add a tag' : 'any tag'}
          values={free}
        />
        {filters.tags.map((tag) => (
          <input type="hidden" name="tag" value={tag} />
        ))}
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
        <details class="dates" open={Boolean(from || to)}>
          <summary>Dates</summary>
          <DateTime name="from" label="From" value={from} />
          <DateTime name="to" label="Until" value={to} />
        </details>
        <button type="submit">Filter</button>
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

interface ChoiceProps {
  name: string
  label: string
  any: string
  value?: string | undefined
  values: readonly string[]
}

function Choice({ name, label, any, value, values }: ChoiceProps) {
  // A value that is in no record yet is still what the address says.
  const all = value === undefined || values.includes(value) ? values : [value, ...values]
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        <option value="">{any}</option>
        {all.map((one) => (
          <option value={one} selected={one === value}>
            {one}
          </option>
        ))}
      </select>
    </label>
  )
}

function DateTime({
  name,
  label,
  value,
}: {
  name: string
  label: string
  value?: string | undefined
}) {
  return (
    <label>
      <span>
        {label} <span data-zone="">UTC</span>
      </span>
      <input type="datetime-local" name={name} value={value?.slice(0, 16)} data-utc={value ?? ''} />
    </label>
  )
}

/** The filters in force. Each is a link to the list without it. */
export function Chips({ filters }: { filters: Filters }) {
  const active = activeFilters(filters)
  if (active.length === 0) return <></>
  return (
    <ul class="chips" aria-label="Filters in force">
      {active.map(({ name, value, without }) => (
        <li>
          <a href={without} aria-label={`Remove filter ${name} ${value}`}>
            <span class="name">{name}</span> <Text text={value} /> <span class="x">×</span>
          </a>
        </li>
      ))}
      {active.length > 1 && (
        <li>
          <a class="clear" href="/traces">
            Clear all
          </a>
        </li>
      )}
    </ul>
  )
}
