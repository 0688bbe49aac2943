/**
 * One row per trace: what it was about, how it went, what it took.
 *
 * @module
 */

import type { TraceSummary } from '../../store/store.ts'
import { traceAddress } from '../addresses.ts'
import type { Filters } from '../filters.ts'
import { compact } from '../units.ts'
import { Arrow, Duration, Time, Tokens } from './figures.tsx'
import { Kind, Status } from './marks.tsx'
import { Models, Tags } from './tags.tsx'
import { Text } from './text.tsx'

/** A longer name may not fit its column, and is in the title as well. */
const SHORT_NAME = 24

interface TraceTableProps {
  traces: readonly TraceSummary[]
  filters: Filters
}

export function TraceTable({ traces, filters }: TraceTableProps) {
  return (
    <table class="traces">
      <caption class="hidden">Traces, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Trace</th>
          <th scope="col">Input and output</th>
          <th scope="col">Models</th>
          <th scope="col">Tags</th>
          <th scope="col">Latency</th>
          <th scope="col">
            Tokens in
            <Arrow />
            out
          </th>
          <th scope="col">Steps</th>
          <th scope="col">
            Started, <span data-zone="">UTC</span>
          </th>
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

function TraceRow({ trace, filters }: { trace: TraceSummary; filters: Filters }) {
  return (
    <tr>
      <th scope="row">
        <span class="name">
          <Kind kind={trace.kind} />
          <a
            class="open"
            href={traceAddress(trace.traceId)}
            title={trace.name.length > SHORT_NAME ? trace.name : undefined}
          >
            {trace.name ? <Text text={trace.name} /> : 'unnamed'}
          </a>
        </span>
        <span class="sub">
          <Status status={trace.status} />
          <Errors trace={trace} />
        </span>
      </th>
      <td>
        <Preview label="in" text={trace.inputPreview} />
        <Preview label="out" text={trace.outputPreview} />
      </td>
      <td>
        <Models models={trace.models} filters={filters} />
      </td>
      <td>
        <Tags tags={trace.tags} filters={filters} />
      </td>
      <td>
        <Duration us={trace.durationUs} />
      </td>
      <td>
        <Tokens input={trace.inputTokens} output={trace.outputTokens} />
      </td>
      <td>
        {compact(trace.spanCount)}
        <span class="unit"> {trace.spanCount === 1 ? 'step' : 'steps'}</span>
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
