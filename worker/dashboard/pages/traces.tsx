/**
 * The list of traces: found by a search, read in pages, newest first unless asked otherwise.
 *
 * @module
 */

import type { SavedView } from '../../auth/saved-views.ts'
import type { Live } from '../../store/live.ts'
import { type Facets as Found, type Query, SORTED_TRACES, type Sums } from '../../store/query.ts'
import type { TracePage } from '../../store/store.ts'
import { Facets } from '../components/facets.tsx'
import { ListHelp } from '../components/help.tsx'
import { SavedViews } from '../components/saved-views.tsx'
import { Chips, SearchForm } from '../components/search-form.tsx'
import { Selection } from '../components/selection.tsx'
import { Strip } from '../components/strip.tsx'
import { TraceTable } from '../components/trace-table.tsx'
import { Welcome } from '../components/welcome.tsx'
import type { Filters, Reading } from '../list/filters.ts'
import { activeFilters, firstPage, listAddress } from '../list/list-address.ts'
import type { Stretch } from '../sums/timeline.ts'
import { count, plural } from '../units.ts'
import { Layout } from './layout.tsx'

export interface TraceListProps {
  page: TracePage
  reading: Reading
}

export interface Volume {
  stretch: Stretch
  sums: Sums
  /** Whether it is of all that was asked for, and not of this page alone. */
  isWhole: boolean
}

export interface TracesPageProps extends TraceListProps {
  project: string
  live: Live['transport'] | undefined
  facets: Found
  /** What the project keeps; nothing where nothing is kept. */
  saved: readonly SavedView[] | undefined
  mayChange: boolean
  volume: Volume | undefined
  /** The time that was asked for. */
  span: Pick<Query, 'fromUs' | 'toUs'>
  ingestUrl: string
}

export function TracesPage(props: TracesPageProps) {
  const { project, live, page, reading, facets, volume, span, saved, mayChange, ingestUrl } = props
  const { filters, search, problems } = reading
  const untouched =
    page.traces.length === 0 && activeFilters(filters, search).length === 0 && !filters.before
  return (
    <Layout title="Traces" project={project} island="list" live={live}>
      <div class="head">
        <h1>Traces</h1>
        {volume?.isWhole && <p class="note">{found(volume)}</p>}
        <p class="note" id="live" hidden>
          live
        </p>
      </div>
      {untouched && problems.length === 0 ? (
        <Welcome ingestUrl={ingestUrl} />
      ) : (
        <>
          <SearchForm filters={filters} problems={problems} path="/traces" />
          <Chips filters={filters} search={search} />
          {saved && (
            <SavedViews {...{ views: saved, filters, mayChange }} isPart={problems.length > 0} />
          )}
          {volume && <Strip {...volume} buckets={volume.sums.buckets} filters={filters} />}
          <div class="found">
            <Facets facets={facets} filters={filters} />
            <TraceList page={page} reading={reading} />
          </div>
          {page.traces.length > 0 && <Exports reading={reading} span={span} />}
          <ListHelp />
        </>
      )}
      <p class="hidden" role="status" id="news"></p>
    </Layout>
  )
}

function found({ sums: { buckets, nextUs } }: Volume): string {
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0)
  return nextUs === undefined ? plural(total, 'trace') : `${count(total)}+ traces`
}

/** All that is found, on whatever page. What was not understood is left out of it as well. */
function Exports({ reading, span: { fromUs, toUs } }: Pick<TracesPageProps, 'reading' | 'span'>) {
  const good = reading.search.items.filter((item) => 'terms' in item)
  const iso = (us: number) => new Date(us / 1000).toISOString()
  const asked: Filters = {
    q: good.map(({ source }) => source).join(' '),
    ...(fromUs !== undefined && { from: iso(fromUs) }),
    ...(toUs !== undefined && { to: iso(toUs) }),
  }
  return (
    <p class="note exports">
      Export what is found: <a href={listAddress(asked, EXPORT)}>every step as JSONL</a>,{' '}
      <a href={listAddress(asked, '/traces.csv')}>a line a trace as CSV</a>,{' '}
      <a href={exportAs(asked, 'chat')}>calls as examples for training</a> (
      <a href={exportAs(asked, 'skipped')}>and which are none</a>),{' '}
      <a href={exportAs(asked, 'otlp')}>spans of OpenTelemetry</a>
    </p>
  )
}

const EXPORT = '/v1/export.jsonl'

function exportAs(filters: Filters, format: 'chat' | 'skipped' | 'otlp'): string {
  const address = listAddress(filters, EXPORT)
  return `${address}${address.includes('?') ? '&' : '?'}format=${format}`
}

/** What changes while traces arrive. */
export function TraceList({ page, reading: { filters, search } }: TraceListProps) {
  const isNewest = !filters.before && (filters.sort === undefined || isByStart(filters))
  return (
    <section id="list" aria-label="Traces found" data-older={isNewest ? undefined : ''}>
      {page.traces.length > 0 ? (
        <Selection>
          <TraceTable traces={page.traces} filters={filters} />
        </Selection>
      ) : (
        <Nothing page={page} filters={filters} hasTerms={search.items.length > 0} />
      )}
      {filters.sort && filters.sort.by !== 'start' && (
        <p class="note">In order among the newest {count(SORTED_TRACES)}.</p>
      )}
      <Pager page={page} filters={filters} />
    </section>
  )
}

function isByStart({ sort }: Filters): boolean {
  return sort?.by === 'start' && !sort.ascending
}

interface NothingProps {
  page: TracePage
  filters: Filters
  hasTerms: boolean
}

function Nothing({ page, filters, hasTerms }: NothingProps) {
  if (page.next) {
    return (
      <p class="nothing">None in the part that was searched so far. There is more to search.</p>
    )
  }
  if (filters.before) return <p class="nothing">There are no more traces.</p>
  const isTimed = Boolean(filters.range || filters.from || filters.to)
  return (
    <section class="nothing" aria-labelledby="nothing">
      <h2 id="nothing">No trace matches {isTimed || hasTerms ? 'all of these' : 'this'}</h2>
      <p>Remove a filter above to see more{isTimed && <>, or look at any time</>}.</p>
      {isTimed && (
        <p>
          <a href={listAddress({ q: filters.q })}>Search at any time</a>
        </p>
      )}
    </section>
  )
}

/** Fewer than this on a page that has a next: it was searched only so far. */
const SHORT_PAGE = 50

function Pager({ page, filters }: { page: TracePage; filters: Filters }) {
  const { before } = filters
  if (!before && !page.next) return <></>
  const isPart = page.next !== undefined && page.traces.length < SHORT_PAGE
  return (
    <nav class="pager" aria-label="More traces">
      {before && <a href={listAddress(firstPage(filters))}>← First page</a>}
      {page.next && (
        <a href={listAddress({ ...filters, before: page.next })} rel="next">
          {isPart ? 'Searched in part: go on →' : nextWords(filters)}
        </a>
      )}
    </nav>
  )
}

function nextWords({ sort }: Filters): string {
  if (sort === undefined || sort.by === 'start') return sort?.ascending ? 'Newer →' : 'Older →'
  return 'Next →'
}
