/**
 * Two traces side by side, step by step; or two steps by themselves; or the question which.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { SpanDetail } from '../../store/store.ts'
import { compareAddress, type Comparison } from '../addresses.ts'
import { type Asked, BEFORE } from '../compare/asked.ts'
import { onlyDifferent, type TraceComparison } from '../compare/comparison.ts'
import type { Effort, Pair } from '../compare/sequence.ts'
import { CompareForm } from '../components/compare-form.tsx'
import { aloneAddress, ComparePair } from '../components/compare-pair.tsx'
import { TraceSides } from '../components/compare-sides.tsx'
import { ComparedSteps } from '../components/compare-steps.tsx'
import type { Totals } from '../trace/totals.ts'
import { plural } from '../units.ts'
import { Layout } from './layout.tsx'

interface AskProps {
  project: string
  asked: Pick<Asked, 'a' | 'b'>
  /** What is wrong with what was asked. */
  problem?: Child
  /** The trace that could be compared with the one before it. */
  before?: string | undefined
}

export function CompareAsk({ project, asked, problem, before }: AskProps) {
  return (
    <Layout title="Compare" project={project}>
      <h1>Compare two traces</h1>
      {problem !== undefined && <p class="notice">{problem}</p>}
      <CompareForm {...asked} />
      {before !== undefined && (
        <p>
          Or{' '}
          <a href={compareAddress({ a: BEFORE, b: before })}>
            with the one before of the same name
          </a>
        </p>
      )}
      <p class="note">
        Two traces, or two steps: of one trace, or of two. The address of its page will do for an
        id.
      </p>
    </Layout>
  )
}

interface ComparePageProps {
  project: string
  found: TraceComparison
  asked: Asked
  pair: Pair<SpanDetail> | undefined
  effort: Effort
}

export function ComparePage({ project, found, asked, pair, effort }: ComparePageProps) {
  const { a, b, marks, isRough } = found
  const { isOnlyDifferent } = asked
  const rows = isOnlyDifferent ? onlyDifferent(found.rows) : found.rows
  const from = asked.from < rows.length ? asked.from : 0
  const here: Comparison = { a: a.id, b: b.id, isOnlyDifferent, step: asked.step, from }
  return (
    <Layout title="Compare" project={project}>
      <div class="head">
        <h1>Compare</h1>
        <a href={compareAddress({ ...here, a: b.id, b: a.id, step: undefined, from: 0 })}>
          Swap A and B
        </a>
      </div>
      <Running a={a.totals} b={b.totals} />
      <TraceSides a={a} b={b} />
      <div class="head">
        <h2>Steps</h2>
        <p class="note">
          {plural(marks.same, 'the same', 'the same')}, {marks.changed} changed, {marks.a} only in
          A, {marks.b} only in B
        </p>
        <a
          href={compareAddress({ ...here, from: 0, isOnlyDifferent: !isOnlyDifferent })}
          aria-current={isOnlyDifferent ? 'true' : undefined}
        >
          {isOnlyDifferent ? 'Show all' : 'Only what differs'}
        </a>
      </div>
      {isRough && (
        <p class="notice">
          These traces have so many different steps that some may be paired otherwise than is best.
        </p>
      )}
      {rows.length === 0 && !pair ? (
        <p class="note">Nothing differs, as far as steps tell without their texts.</p>
      ) : (
        <ComparedSteps
          {...{ rows, from, here }}
          pair={
            pair && (
              <ComparePair {...{ pair, isOnlyDifferent, effort }} alone={aloneAddress(pair)} />
            )
          }
        />
      )}
      <Legend />
    </Layout>
  )
}

export function CompareStepsPage({ project, a, b, effort }: StepsPageProps) {
  return (
    <Layout title="Compare" project={project}>
      <div class="head">
        <h1>Compare two steps</h1>
        <a href={compareAddress({ a: b.id, b: a.id })}>Swap A and B</a>
      </div>
      <ComparePair pair={{ a, b }} isOnlyDifferent={false} effort={effort} />
      <Legend />
    </Layout>
  )
}

interface StepsPageProps {
  project: string
  a: SpanDetail
  b: SpanDetail
  effort: Effort
}

function Running({ a, b }: { a: Totals; b: Totals }) {
  const running = [a, b].map((totals) => totals.durationUs === null)
  if (!running.includes(true)) return <></>
  const who = running[0] && running[1] ? 'Both are' : `${running[0] ? 'A' : 'B'} is`
  return (
    <p class="notice">
      {who} still running: what has not arrived yet counts as missing. Reload for more.
    </p>
  )
}

function Legend() {
  return (
    <p class="note signs">
      In texts <del>only A has this</del>, <ins>only B has this</ins>. How long a step took is
      shown, and does not count as a change; texts are compared for the step that is open.
    </p>
  )
}
