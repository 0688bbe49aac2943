/**
 * A row of the tree: a step, or the heading of steps that have no place in it.
 *
 * It carries no bodies, and no attribute that its place in the table already says: a trace has
 * thousands. Its name is a link, so that every step can be read without scripts.
 *
 * @module
 */

import { type Kept, stepAddress, type View } from '../addresses.ts'
import type { Axis } from '../trace/axis.ts'
import { readCall } from '../step/call.ts'
import { isFound } from '../trace/find-steps.ts'
import { isCall } from '../trace/totals.ts'
import type { Group, Step } from '../trace/tree.ts'
import { plural } from '../units.ts'
import { Duration, Tokens } from './figures.tsx'
import { Kind } from './marks.tsx'
import { Text } from './text.tsx'
import { Bar } from './waterfall.tsx'

/** Deeper steps are not moved further to the right; `aria-level` says where they are. In the stylesheet, too. */
const MAX_INDENT = 12

/** A longer name may not fit its column, and is in the title as well. */
const SHORT_NAME = 24

export interface StepRowProps {
  traceId: string
  step: Step
  /** Counted over all parts, the heading included. */
  index: number | undefined
  axis: Axis
  view: View
  kept: Kept
  on: boolean
}

export function StepRow({ traceId, step, index, axis, view, kept, on }: StepRowProps) {
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
      data-found={isFound(step, kept.find ?? '') ? '' : undefined}
    >
      <td>
        <div class="line">
          <Indent level={level} />
          <Twisty on={children > 0} />
          <Kind kind={span.kind} />
          <a
            href={stepAddress(traceId, span.id, view, kept)}
            title={span.name.length > SHORT_NAME ? span.name : undefined}
          >
            {span.name ? <Text text={span.name} /> : 'unnamed'}
          </a>
          {span.model && !span.name.includes(span.model) && (
            <span class="aside asked">
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

export const REASONS = {
  missing: 'Unattached: the parent of these steps has not arrived',
  circle: 'Unattached: these steps name each other as parents',
}

export function GroupRow({ group, index }: { group: Group; index: number | undefined }) {
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
