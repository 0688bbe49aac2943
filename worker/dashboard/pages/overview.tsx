/**
 * What it all costs, how much there is of it, how often it fails and how long it takes, over time.
 *
 * @module
 */

import { Chart, type Series } from '../components/chart.tsx'
import { Groups } from '../components/groups.tsx'
import { Chips, SearchForm } from '../components/search-form.tsx'
import type { Filters, Reading } from '../list/filters.ts'
import { percentile } from '../../store/histogram.ts'
import { between, listAddress } from '../list/list-address.ts'
import type { Total } from '../../store/query.ts'
import { type By, BY, type Group, type Overview, shownGroups } from '../sums/overview.ts'
import { compact, count, dollars, duration, moment, plural } from '../units.ts'
import { Layout } from './layout.tsx'

export interface OverviewPageProps {
  project: string
  reading: Reading
  /** Without the time that it is of by itself: that cannot be taken away. */
  asked: Filters
  by: By
  overview: Overview
}

export function OverviewPage({ project, reading, asked, by, overview }: OverviewPageProps) {
  const { filters, search, problems } = reading
  const { stretch, starts, traces, calls, groups, untilUs } = overview
  const link = (startUs: number) => listAddress(between(filters, startUs, startUs + stretch.stepUs))
  const common = { stretch, starts, link }
  const shown = shownGroups(groups)
  const isEmpty = traces.total.count === 0 && calls.total.count === 0
  return (
    <Layout title="Overview" project={project} at="overview" island="list" sheet="overview">
      <div class="head">
        <h1>Overview</h1>
        <p class="note">
          {plural(traces.total.count, 'trace')}, {plural(calls.total.count, 'model call')}
          {untilUs !== undefined && `, added up until ${moment(untilUs).iso}`}
        </p>
      </div>
      <SearchForm filters={filters} problems={problems} path="/overview" by={by} />
      <Chips filters={asked} search={search} path="/overview" />
      {isEmpty ? (
        <p class="nothing">Nothing in this time matches. Choose a longer one, or fewer filters.</p>
      ) : (
        <>
          <div class="charts">
            <Chart
              title="Traces"
              kind="bars"
              format={count}
              series={[
                series('succeeded or running', traces, ({ count, errors }) => count - errors),
                series('failed', traces, ({ errors }) => errors),
              ]}
              {...common}
            />
            <Chart
              title={`Cost by ${by}`}
              kind="bars"
              format={dollars}
              series={shown.map((group) => series(group.name, group, costOf))}
              {...common}
            >
              <Unpriced total={calls.total} />
            </Chart>
            <Chart
              title="Latency of calls"
              kind="lines"
              format={duration}
              series={percentiles(calls, 'latency')}
              {...common}
            />
            <Chart
              title="Time to first text"
              kind="lines"
              format={duration}
              series={percentiles(calls, 'firstText')}
              {...common}
            />
            <Chart
              title={`Calls by ${by}`}
              kind="bars"
              format={count}
              series={shown.map((group) => series(group.name, group, ({ count }) => count))}
              {...common}
            />
            <Chart
              title="Tokens"
              kind="bars"
              format={compact}
              series={[
                series('in', calls, ({ inputTokens }) => inputTokens),
                series('out', calls, ({ outputTokens }) => outputTokens),
              ]}
              {...common}
            />
          </div>
          <Ways by={by} reading={reading} />
          {by === 'tag' && <p class="note">A call counts for each tag of its trace.</p>}
          <Groups by={by} groups={groups} all={calls} filters={filters} />
        </>
      )}
    </Layout>
  )
}

/** Of the points at which there is anything at all. */
function series(
  name: string,
  { points }: Pick<Group, 'points'>,
  value: (total: Total) => number | null,
): Series {
  return { name, values: points.map((total) => (total.count === 0 ? null : value(total))) }
}

function costOf({ priced, costNano }: Total): number | null {
  return priced === 0 ? null : costNano / 1e9
}

function percentiles(group: Group, of: 'latency' | 'firstText'): Series[] {
  return [0.5, 0.9, 0.99].map((share) =>
    series(`p${share * 100}`, group, (total) => percentile(total[of], share)),
  )
}

function Unpriced({ total: { priced, count: all, costNano } }: { total: Total }) {
  if (priced === 0) return <p class="note">What these calls cost is not known.</p>
  return (
    <p class="note">
      {dollars(costNano / 1e9)} for{' '}
      {priced === all
        ? plural(all, 'call')
        : `${count(priced)} of ${plural(all, 'call')}; what the others cost is not known`}
    </p>
  )
}

function Ways({ by, reading: { filters } }: { by: By; reading: Reading }) {
  return (
    <nav class="views" aria-label="Calls by">
      {BY.map((one) => (
        <a href={overviewAddress(filters, one)} aria-current={one === by ? 'true' : undefined}>
          by {one}
        </a>
      ))}
    </nav>
  )
}

function overviewAddress(filters: Reading['filters'], by: By): string {
  const address = listAddress(filters, '/overview')
  return `${address}${address.includes('?') ? '&' : '?'}by=${by}`
}
