/**
 * Which tools ran, how often, how long they took, and how often they failed.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import { percentile } from '../../store/histogram.ts'
import type { Total } from '../../store/query.ts'
import { Duration } from '../components/figures.tsx'
import { Chips, SearchForm } from '../components/search-form.tsx'
import { Text } from '../components/text.tsx'
import type { Filters, Reading } from '../list/filters.ts'
import { listAddress, term, withTerm } from '../list/list-address.ts'
import type { ToolUse, ToolUses } from '../sums/tool-use.ts'
import { count, moment, plural } from '../units.ts'
import { Layout } from './layout.tsx'

const PATH = '/tools'

/** More than anyone reads; the search leads to the others. */
const MOST = 100

export interface ToolsPageProps {
  project: string
  reading: Reading
  /** Without the time that it is of by itself: that cannot be taken away. */
  asked: Filters
  uses: ToolUses
}

export function ToolsPage({ project, reading, asked, uses }: ToolsPageProps) {
  const { filters, search, problems } = reading
  const { tools, total, untilUs } = uses
  return (
    <Layout title="Tools" project={project} at="tools" island="list" sheet="overview">
      <div class="head">
        <h1>Tools</h1>
        <p class="note">
          {plural(tools.length, 'tool')}, {plural(total.count, 'run')}
          {untilUs !== undefined && `, added up until ${moment(untilUs).iso}`}
        </p>
      </div>
      <SearchForm filters={filters} problems={problems} path={PATH} />
      <Chips filters={asked} search={search} path={PATH} />
      {tools.length > 0 ? <Table uses={uses} filters={filters} /> : <Nothing filters={asked} />}
    </Layout>
  )
}

function Table({ uses: { tools, total }, filters }: { uses: ToolUses; filters: Filters }) {
  const shown = tools.slice(0, MOST)
  const most = Math.max(...shown.flatMap(({ points }) => points), 1)
  return (
    <section aria-label="Runs of tools">
      <div class="wide">
        <table class="groups tools-table">
          <thead>
            <tr>
              <th scope="col">Tool</th>
              <th scope="col">Over time</th>
              <th scope="col">Runs</th>
              <th scope="col">Failed</th>
              {['p50', 'p90', 'p99'].map((name) => (
                <th scope="col">Took {name}</th>
              ))}
              <th scope="col">Traces</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((tool) => (
              <Line
                total={tool.total}
                over={<Sparks tool={tool} most={most} />}
                more={<Ways tool={tool} filters={filters} />}
              >
                <Text text={tool.name || 'unnamed'} />
              </Line>
            ))}
            {tools.length > 1 && <Line total={total}>All</Line>}
          </tbody>
        </table>
      </div>
      {tools.length > MOST && <p class="note">The {MOST} that ran most.</p>}
      <p class="note">
        A tool is a step of the kind <code>tool</code>. What a model asked for and no step ran is in
        its answer alone.
      </p>
    </section>
  )
}

interface LineProps {
  total: Total
  over?: Child
  more?: Child
  children: Child
}

function Line({ total, over, more, children }: LineProps) {
  return (
    <tr>
      <th scope="row">{children}</th>
      <td>{over}</td>
      <td>{count(total.count)}</td>
      <td class={total.errors > 0 ? 'failed' : undefined}>
        {count(total.errors)}
        {total.errors > 0 && <small> {((total.errors / total.count) * 100).toFixed(1)} %</small>}
      </td>
      {[0.5, 0.9, 0.99].map((share) => (
        <td>
          <Duration us={percentile(total.latency, share)} />
        </td>
      ))}
      <td>{more}</td>
    </tr>
  )
}

/** The traces in which it ran; of those in which it may have failed, the ones with a failed step. */
function Ways({ tool, filters }: { tool: ToolUse; filters: Filters }) {
  const found = withTerm(withTerm(filters, 'kind:tool'), term('name', tool.name))
  return (
    <>
      <a href={listAddress(found)}>all</a>
      {tool.total.errors > 0 && (
        <>
          {' '}
          <a href={listAddress(withTerm(found, 'has:error'))}>with errors</a>
        </>
      )}
    </>
  )
}

const HEIGHT = 20

/** Runs over time, all tools on one scale. What it shows stands in the row as numbers. */
function Sparks({ tool: { points }, most }: { tool: ToolUse; most: number }) {
  const width = 100 / points.length
  return (
    <svg class="sparks" aria-hidden="true" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none">
      {points.map((runs, at) => {
        const height = runs === 0 ? 0 : Math.max((runs / most) * HEIGHT, 1.5)
        return runs > 0 ? (
          <rect
            x={(at * width).toFixed(2)}
            width={(width * 0.8).toFixed(2)}
            y={(HEIGHT - height).toFixed(2)}
            height={height.toFixed(2)}
          />
        ) : null
      })}
    </svg>
  )
}

function Nothing({ filters }: { filters: Filters }) {
  return (
    <section class="nothing" aria-labelledby="nothing">
      <h2 id="nothing">No tool ran in this time{filters.q && ' in a trace that matches'}</h2>
      <p>
        A tool is a step that says so:{' '}
        <code>
          span(&#39;search&#39;, {'{'} kind: &#39;tool&#39; {'}'}, …)
        </code>
        . Choose a longer time, or fewer filters.
      </p>
    </section>
  )
}
