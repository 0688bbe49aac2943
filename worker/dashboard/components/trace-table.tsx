/**
 * One row per trace: what it was about, how it went, what it took.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { Sort } from '../../store/query.ts'
import type { TraceSummary } from '../../store/store.ts'
import { traceAddress } from '../addresses.ts'
import type { Filters } from '../list/filters.ts'
import { firstPage, listAddress } from '../list/list-address.ts'
import { viewSearch } from '../list/view-address.ts'
import { compact } from '../units.ts'
import { Duration, Money, Time, Tokens } from './figures.tsx'
import { Kind, StatusMark } from './marks.tsx'
import { Scores } from './scores.tsx'
import { FilterLink, Models, Tags } from './tags.tsx'
import { named, Text } from './text.tsx'

/** A longer name may not fit its column, and is in the title as well. */
const SHORT_NAME = 24

interface TraceTableProps {
  traces: readonly TraceSummary[]
  filters: Filters
}

export function TraceTable({ traces, filters }: TraceTableProps) {
  return (
    <table class="traces">
      <caption class="hidden">Traces</caption>
      <thead>
        <tr>
          <th scope="col">Trace</th>
          <th scope="col">Input and output</th>
          <th scope="col">Models, tags</th>
          <Sorted by="latency" filters={filters}>
            Latency
          </Sorted>
          <th scope="col">First text</th>
          <Sorted by="tokens" filters={filters}>
            Tokens
          </Sorted>
          <Sorted by="cost" filters={filters}>
            Cost
          </Sorted>
          <Sorted by="start" filters={filters} beside={<span data-zone="">UTC</span>}>
            Started
          </Sorted>
        </tr>
      </thead>
      <tbody>
        {traces.map((trace) => (
          <TraceRow trace={trace} filters={filters} />
        ))}
      </tbody>
    </table>
  )
}

interface SortedProps {
  by: Sort
  filters: Filters
  beside?: Child
  children: Child
}

/** A heading that leads to the list in this order; once it is so, to the order turned around. */
function Sorted({ by, filters, beside, children }: SortedProps) {
  const order = filters.sort ?? { by: 'start', ascending: false }
  const isOn = order.by === by
  const next = { by, ascending: isOn && !order.ascending }
  const way = order.ascending ? 'ascending' : 'descending'
  return (
    <th scope="col" aria-sort={isOn ? way : undefined}>
      <a href={listAddress({ ...firstPage(filters), sort: next })}>{children}</a>
      {beside && <> {beside}</>}
    </th>
  )
}

function TraceRow({ trace, filters }: { trace: TraceSummary; filters: Filters }) {
  const { costNano, costMissing } = trace
  return (
    <tr>
      <th scope="row">
        <span class="name">
          <input
            type="checkbox"
            name="trace"
            value={trace.traceId}
            aria-label={`Select ${named(trace.name || 'unnamed')}`}
          />
          <Kind kind={trace.kind} />
          <a
            class="open"
            href={traceAddress(trace.traceId, { within: viewSearch(filters) })}
            title={trace.name.length > SHORT_NAME ? trace.name : undefined}
          >
            {trace.name ? <Text text={trace.name} /> : 'unnamed'}
          </a>
        </span>
        <span class="sub">
          <FilterLink
            field="status"
            value={trace.status}
            filters={filters}
            class={`status s-${trace.status}`}
          >
            <StatusMark status={trace.status} />
          </FilterLink>
          <span>
            {compact(trace.spanCount)} {trace.spanCount === 1 ? 'step' : 'steps'}
          </span>
          <Errors trace={trace} />
        </span>
      </th>
      <td>
        <Preview label="in" text={trace.inputPreview} />
        <Preview label="out" text={trace.outputPreview} />
      </td>
      <td>
        <Models models={trace.models} filters={filters} />
        <Tags tags={trace.tags} filters={filters} />
        <Scores scores={trace.scores} filters={filters} />
      </td>
      <td>
        <Duration us={trace.durationUs} />
      </td>
      <td>
        <Duration us={trace.firstTextUs} />
      </td>
      <td>
        <Tokens input={trace.inputTokens} output={trace.outputTokens} />
      </td>
      <td>
        <Money
          cost={costNano === null ? undefined : { usd: costNano / 1e9, atLeast: costMissing > 0 }}
        />
      </td>
      <td>
        <Time us={trace.startUs} />
      </td>
    </tr>
  )
}

/** Steps that failed where the trace as a whole did not, or more than the one that ended it. */
function Errors({ trace: { status, errorCount } }: { trace: TraceSummary }) {
  if (errorCount === 0 || (status === 'error' && errorCount === 1)) return <></>
  return (
    <span class="failed">
      {compact(errorCount)} {errorCount === 1 ? 'step' : 'steps'} failed
    </span>
  )
}

function Preview({ label, text }: { label: 'in' | 'out'; text: string }) {
  return (
    <span class="preview">
      <small>{label}</small>
      {text ? <Text text={text} /> : <span class="unknown">nothing recorded</span>}
    </span>
  )
}
