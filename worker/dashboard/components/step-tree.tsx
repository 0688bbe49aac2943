/**
 * The steps of a trace, as a tree and as a waterfall on one time axis.
 *
 * A row carries no bodies, and no attribute that its place in the table already says: a trace has
 * thousands. Its name is a link, so that every step can be read without scripts.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 * @module
 */

import { stepAddress, traceAddress, type View } from '../addresses.ts'
import type { Axis } from '../axis.ts'
import { readCall } from '../call.ts'
import { isCall } from '../totals.ts'
import type { Group, Step, TreeRow } from '../tree.ts'
import { count, plural } from '../units.ts'
import { Duration, Tokens } from './figures.tsx'
import { Kind } from './marks.tsx'
import { Text } from './text.tsx'
import { Bar, Scale, Stripes } from './waterfall.tsx'

/** More rows than this are shown in parts. */
export const ROWS = 2000

/** Deeper steps are not moved further to the right; `aria-level` says where they are. In the stylesheet, too. */
const MAX_INDENT = 12

/** A longer name may not fit its column, and is in the title as well. */
const SHORT_NAME = 24

export interface StepTreeProps {
  traceId: string
  rows: readonly TreeRow[]
  /** The first row shown. */
  from: number
  axis: Axis
  /** The id of the record whose details are shown beside. */
  selected: string
  view: View
  /** The search that the trace was opened from. */
  within: string
}

export function StepTree({ traceId, rows, from, axis, selected, view, within }: StepTreeProps) {
  const shown = rows.slice(from, from + ROWS)
  // Where all rows are there, a reader counts them itself.
  const part = shown.length < rows.length
  const indexOf = (row: number) => (part ? from + row + 2 : undefined)
  return (
    <section class="tree" id="tree" aria-label="Steps">
      <Stripes />
      <table
        role="treegrid"
        aria-label="Steps of this trace"
        aria-rowcount={part ? rows.length + 1 : undefined}
      >
        <thead>
          <tr aria-rowindex={part ? 1 : undefined}>
            <th>Step</th>
            <th>Tokens</th>
            <th>Latency</th>
            <th>
              <span class="hidden">Time</span>
              <Scale axis={axis} />
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) =>
            row.type === 'group' ? (
              <GroupRow group={row} index={indexOf(index)} />
            ) : (
              <StepRow
                {...{ traceId, step: row, index: indexOf(index), axis, view, within }}
                on={row.span.id === selected}
              />
            ),
          )}
        </tbody>
      </table>
      <Rest {...{ traceId, from, within }} total={rows.length} />
    </section>
  )
}

interface StepRowProps {
  traceId: string
  step: Step
  /** Counted over all parts, the heading included. */
  index: number | undefined
  axis: Axis
  view: View
  within: string
  on: boolean
}

function StepRow({ traceId, step, index, axis, view, within, on }: StepRowProps) {
  const { span, level, position, siblings, children } = step
  const attempts = readCall(span).attempts.length
  return (
    <tr
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-rowindex={index}
      aria-expanded={children > 0 ? 'true' : undefined}
      aria-selected={on ? 'true' : 'false'}
      data-status={span.status === 'success' ? undefined : span.status}
    >
      <td>
        <div class="line">
          <Indent level={level} />
          <Twisty on={children > 0} />
          <Kind kind={span.kind} />
          <a
            href={stepAddress(traceId, span.id, view, within)}
            title={span.name.length > SHORT_NAME ? span.name : undefined}
          >
            {span.name ? <Text text={span.name} /> : 'unnamed'}
          </a>
          {span.model && !span.name.includes(span.model) && (
            <span class="aside">
              <Text text={span.model} />
            </span>
          )}
          {attempts > 0 && <span class="aside">{plural(attempts, 'attempt')}</span>}
          {span.status !== 'success' && <b class={`s-${span.status}`}>{span.status}</b>}
        </div>
      </td>
      <td>{isCall(span) && <Tokens input={span.inputTokens} output={span.outputTokens} />}</td>
      <td>
        {span.endUs === null ? (
          span.status === 'running' && <span class="unknown">…</span>
        ) : (
          <Duration us={span.endUs - span.startUs} />
        )}
      </td>
      <td>
        <Bar span={span} axis={axis} />
      </td>
    </tr>
  )
}

const REASONS = {
  missing: 'Unattached: the parent of these steps has not arrived',
  circle: 'Unattached: these steps name each other as parents',
}

function GroupRow({ group, index }: { group: Group; index: number | undefined }) {
  return (
    <tr
      class="group"
      aria-level={1}
      aria-posinset={group.position}
      aria-setsize={group.siblings}
      aria-rowindex={index}
      aria-expanded="true"
      data-group={group.reason}
    >
      <td colspan={4}>
        <div class="line">
          <Twisty on />
          {REASONS[group.reason]}
        </div>
      </td>
    </tr>
  )
}

function Indent({ level }: { level: number }) {
  const depth = Math.min(level - 1, MAX_INDENT)
  return <>{depth > 0 && <i class={`d${depth}`}></i>}</>
}

/** Empty, and so nothing to a screen reader: `aria-expanded` says it. */
function Twisty({ on }: { on: boolean }) {
  return <i class={on ? 'twisty' : undefined}></i>
}

interface RestProps {
  traceId: string
  total: number
  from: number
  within: string
}

function Rest({ traceId, total, from, within }: RestProps) {
  const after = total - from - ROWS
  if (from === 0 && after <= 0) return <></>
  return (
    <p class="rest">
      {from > 0 && (
        <>
          {plural(from, 'earlier step is', 'earlier steps are')} not shown.{' '}
          <a href={traceAddress(traceId, Math.max(from - ROWS, 0), within)}>
            ← Previous {count(Math.min(from, ROWS))}
          </a>{' '}
        </>
      )}
      {after > 0 && (
        <>
          {plural(after, 'more step is', 'more steps are')} not shown.{' '}
          <a href={traceAddress(traceId, from + ROWS, within)}>
            Next {count(Math.min(after, ROWS))} →
          </a>
        </>
      )}
    </p>
  )
}
