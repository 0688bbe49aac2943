/**
 * The steps of a trace, as a tree and as a waterfall on one time axis.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 * @module
 */

import { type Kept, outlineAddress, traceAddress, type View } from '../addresses.ts'
import type { Axis } from '../trace/axis.ts'
import { PART, type Part, WHOLE } from '../trace/part.ts'
import type { TreeRow } from '../trace/tree.ts'
import { count, plural } from '../units.ts'
import { FindSteps } from './find-steps.tsx'
import { GroupRow, StepRow } from './step-row.tsx'
import { Scale, Stripes } from './waterfall.tsx'

export interface StepTreeProps {
  traceId: string
  rows: readonly TreeRow[]
  part: Part
  axis: Axis
  /** The id of the record whose details are shown beside. */
  selected: string
  view: View
  kept: Kept
}

export function StepTree({ traceId, rows, part, axis, selected, view, kept }: StepTreeProps) {
  // Where all rows are there, a reader counts them itself.
  const isLong = rows.length > WHOLE
  const shown = part.rows.flatMap((number): [TreeRow, number][] => {
    const row = rows[number]
    return row ? [[row, number]] : []
  })
  const shared = { traceId, axis, view, kept }
  return (
    <section
      class="tree"
      id="tree"
      aria-label="Steps"
      data-outline={isLong ? outlineAddress(traceId) : undefined}
    >
      <Stripes />
      <FindSteps {...{ traceId, rows, view, kept }} last={isLong ? part.rows.at(-1) : undefined} />
      <div class="scroll">
        <table
          role="treegrid"
          aria-label="Steps of this trace"
          aria-rowcount={isLong ? rows.length + 1 : undefined}
        >
          <thead>
            <tr aria-rowindex={isLong ? 1 : undefined}>
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
            {shown.map(([row, number]) => {
              const index = isLong ? number + 2 : undefined
              return row.type === 'group' ? (
                <GroupRow group={row} index={index} />
              ) : (
                <StepRow {...shared} {...{ step: row, index }} on={row.span.id === selected} />
              )
            })}
          </tbody>
        </table>
      </div>
      {isLong && part.from !== undefined && (
        <Rest {...{ traceId, kept }} total={rows.length} from={part.from} />
      )}
    </section>
  )
}

interface RestProps {
  traceId: string
  kept: Kept
  total: number
  from: number
}

function Rest({ traceId, kept, total, from }: RestProps) {
  const after = total - from - PART
  const to = (row: number) => traceAddress(traceId, { ...kept, from: row })
  return (
    <p class="rest">
      {from > 0 && (
        <>
          {plural(from, 'earlier step is', 'earlier steps are')} not shown.{' '}
          <a href={to(Math.max(from - PART, 0))}>← Previous {count(Math.min(from, PART))}</a>{' '}
        </>
      )}
      {after > 0 && (
        <>
          {plural(after, 'more step is', 'more steps are')} not shown.{' '}
          <a href={to(from + PART)}>Next {count(Math.min(after, PART))} →</a>
        </>
      )}
    </p>
  )
}
