/**
 * One trace: its steps on the left, one of them in full on the right.
 *
 * @module
 */

import type { Live } from '../../store/live.ts'
import type { SpanDetail, SpanRow } from '../../store/store.ts'
import type { View } from '../addresses.ts'
import { axis } from '../axis.ts'
import { NeighbourLinks } from '../components/neighbours.tsx'
import { ROWS, StepTree } from '../components/step-tree.tsx'
import { StepPanel } from '../components/step-panel.tsx'
import { TraceSummary } from '../components/trace-summary.tsx'
import type { Filters } from '../filters.ts'
import type { Neighbours } from '../neighbours.ts'
import { totals } from '../totals.ts'
import { tree } from '../tree.ts'
import { Layout } from './layout.tsx'

export interface TracePartProps {
  traceId: string
  spans: readonly [SpanRow, ...SpanRow[]]
  /** The id of the step that is shown. */
  selected: string
  view: View
  /** The search that the trace was opened from. */
  within: string
  /** The first row, where the address names one; else the rows around the selected step. */
  from?: number | undefined
  nowMs: number
}

/** The heading and the tree: what changes while a trace runs. */
export function TracePart({ traceId, spans, selected, view, within, from, nowMs }: TracePartProps) {
  const rows = tree(spans)
  const at = rows.findIndex((row) => row.type === 'step' && row.span.id === selected)
  const first = from ?? Math.floor(Math.max(at, 0) / ROWS) * ROWS
  return (
    <>
      <TraceSummary traceId={traceId} totals={totals(spans)} />
      <StepTree
        {...{ traceId, rows, selected, view, within }}
        from={first < rows.length ? first : 0}
        axis={axis(spans, nowMs)}
      />
    </>
  )
}

export interface TracePageProps extends TracePartProps {
  project: string
  live: Live['transport'] | undefined
  step: SpanDetail | undefined
  neighbours: Neighbours
  /** What `within` says. */
  filters: Filters
}

export function TracePage(props: TracePageProps) {
  const { project, live, step, neighbours, filters, ...part } = props
  return (
    <Layout
      title={totals(part.spans).name || 'unnamed'}
      project={project}
      island="trace"
      live={live}
    >
      <NeighbourLinks {...neighbours} filters={filters} />
      <div class="trace" data-trace={part.traceId}>
        <TracePart {...part} />
        <aside class="panel" id="panel" aria-labelledby="step-name" tabindex={0}>
          {step && <StepPanel span={step} view={part.view} within={part.within} />}
        </aside>
      </div>
      <p class="keys" hidden>
        <span>In the tree:</span>
        <Key names={['Arrows']} does="move and fold" />
        <Key names={['j', 'k']} does="next, previous" />
        <Key names={['[', ']']} does="fold all, unfold all" />
        <Key names={['e', 'E']} does="next, previous error" />
        <Key names={['Enter']} does="read the step" />
        <Key names={['Esc']} does="back to the tree" />
        <Key names={['J', 'K']} does="next, previous trace" />
      </p>
      <p class="hidden" role="status" id="news"></p>
    </Layout>
  )
}

function Key({ names, does }: { names: readonly string[]; does: string }) {
  return (
    <span>
      {names.map((name) => (
        <>
          <kbd>{name}</kbd>{' '}
        </>
      ))}
      {does}
    </span>
  )
}
