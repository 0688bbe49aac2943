/**
 * The list of traces: found by filters, read in pages, newest first.
 *
 * @module
 */

import type { Live } from '../../store/live.ts'
import type { TracePage } from '../../store/store.ts'
import { Chips, FilterForm } from '../components/filter-form.tsx'
import { TraceTable } from '../components/trace-table.tsx'
import { Welcome } from '../components/welcome.tsx'
import { activeFilters, type Filters, firstPage, listAddress, type Reading } from '../filters.ts'
import { Layout } from './layout.tsx'

export interface TraceListProps {
  page: TracePage
  filters: Filters
}

export interface TracesPageProps extends TraceListProps, Reading {
  project: string
  live: Live['transport'] | undefined
  models: readonly string[]
  tags: readonly string[]
  ingestUrl: string
}

export function TracesPage(props: TracesPageProps) {
  const { project, live, page, filters, problems, models, tags, ingestUrl } = props
  const filtered = activeFilters(filters).length > 0
  const untouched = page.traces.length === 0 && !filtered && !filters.before
  return (
    <Layout title="Traces" project={project} island="list" live={live}>
      <div class="head">
        <h1>Traces</h1>
        <p class="note" id="live" hidden></p>
      </div>
      {untouched && problems.length === 0 ? (
        <Welcome ingestUrl={ingestUrl} />
      ) : (
        <FilterForm filters={filters} problems={problems} models={models} tags={tags} />
      )}
      {(!untouched || problems.length > 0) && <TraceList page={page} filters={filters} />}
      <p class="hidden" role="status" id="news"></p>
    </Layout>
  )
}

/** What changes while traces arrive. */
export function TraceList({ page, filters }: TraceListProps) {
  const filtered = activeFilters(filters).length > 0
  return (
    <section id="list" aria-label="Traces found" data-older={filters.before ? '' : undefined}>
      {page.traces.length > 0 ? (
        <>
          <Chips filters={filters} />
          <TraceTable traces={page.traces} filters={filters} />
        </>
      ) : (
        <Nothing filters={filters} filtered={filtered} />
      )}
      <Pager page={page} filters={filters} />
    </section>
  )
}

function Nothing({ filters, filtered }: { filters: Filters; filtered: boolean }) {
  if (!filtered) {
    return (
      <p class="nothing">
        {filters.before ? 'There are no older traces.' : 'There are no traces yet.'}
      </p>
    )
  }
  return (
    <section class="nothing" aria-labelledby="nothing">
      <h2 id="nothing">No trace matches all of these</h2>
      <p>Remove one to see more:</p>
      <Chips filters={filters} />
    </section>
  )
}

function Pager({ page, filters }: { page: TracePage; filters: Filters }) {
  const { before } = filters
  if (!before && !page.next) return <></>
  return (
    <nav class="pager" aria-label="More traces">
      {before && <a href={listAddress(firstPage(filters))}>← Newest</a>}
      {page.next && (
        <a href={listAddress({ ...filters, before: page.next })} rel="next">
          Older →
        </a>
      )}
    </nav>
  )
}
