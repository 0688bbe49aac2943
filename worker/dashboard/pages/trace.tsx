/**
 * One trace: its steps on the left, one of them in full on the right.
 *
 * @module
 */

import type { Live } from '../../store/live.ts'
import type { SpanDetail, SpanRow } from '../../store/store.ts'
import type { Kept, View } from '../addresses.ts'
import { axis, type Axis } from '../trace/axis.ts'
import type { CacheFacts } from '../cache/cache-view.ts'
import { NeighbourLinks } from '../components/neighbours.tsx'
import { StepTree } from '../components/step-tree.tsx'
import { StepPanel } from '../components/step-panel.tsx'
import { TraceSummary } from '../components/trace-summary.tsx'
import type { Filters } from '../list/filters.ts'
import { isFound } from '../trace/find-steps.ts'
import type { Neighbours } from '../trace/neighbours.ts'
import { partOf } from '../trace/part.ts'
import { totals } from '../trace/totals.ts'
import { tree } from '../trace/tree.ts'
import { Layout } from './layout.tsx'

export interface TracePartProps {
  traceId: string
  spans: readonly [SpanRow, ...SpanRow[]]
  /** The id of the step that is shown. */
  selected: string
  view: View
  kept: Kept
  /** The first row, where the address names one; else the rows around what was found, or is selected. */
  from?: number | undefined
  /** These rows alone, on an axis that is there already: what a script asks for. */
  only?: readonly number[] | undefined
  on?: Axis | undefined
  nowMs: number
}

/** The heading and the tree: what changes while a trace runs. */
export function TracePart(props: TracePartProps) {
  const { traceId, spans, selected, view, kept, from, only, on, nowMs } = props
  const rows = tree(spans)
  const at = rows.findIndex((row) => row.type === 'step' && row.span.id === selected)
  const part = partOf(rows.length, { from, only, about: Math.max(at, 0) })
  return (
    <>
      <TraceSummary traceId={traceId} totals={totals(spans)} />
      <StepTree
        {...{ traceId, rows, part, selected, view, kept }}
        axis={on ?? axis(spans, nowMs)}
      />
    </>
  )
}

/** The step that a page is about where the address names none: the first that was found, else the root. */
export function firstStep(spans: TracePartProps['spans'], find: string): SpanRow {
  const found = find === '' ? undefined : tree(spans).find((row) => isFound(row, find))
  if (found?.type === 'step') return found.span
  return spans.find((span) => span.parentId === null) ?? spans[0]
}

export interface TracePageProps extends TracePartProps {
  project: string
  live: Live['transport'] | undefined
  step: SpanDetail | undefined
  cache: CacheFacts | undefined
  neighbours: Neighbours
  /** What `kept.within` says. */
  filters: Filters
}

export function TracePage(props: TracePageProps) {
  const { project, live, step, cache, neighbours, filters, ...part } = props
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
          {step && <StepPanel span={step} view={part.view} {...{ cache }} kept={part.kept} />}
        </aside>
      </div>
      <p class="keys" hidden>
        <span>In the tree:</span>
        <Key names={['Arrows']} does="move and fold" />
        <Key names={['j', 'k']} does="next, previous" />
        <Key names={['[', ']']} does="fold all, unfold all" />
        <Key names={['e', 'E']} does="next, previous error" />
        <Key names={['/']} does="find" />
        <Key names={['n', 'N']} does="next, previous found" />
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
