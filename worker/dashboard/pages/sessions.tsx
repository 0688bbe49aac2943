/**
 * The list of sessions: what the traces of each come to, the one with the newest trace first.
 *
 * @module
 */

import { percentile } from '../../store/histogram.ts'
import type { SessionPage, SessionSummary } from '../../store/session-query.ts'
import { sessionAddress } from '../addresses.ts'
import { Duration, Money, Time, Tokens } from '../components/figures.tsx'
import { StatusMark } from '../components/marks.tsx'
import { Chips, SearchForm } from '../components/search-form.tsx'
import { FilterLink } from '../components/tags.tsx'
import { Text } from '../components/text.tsx'
import type { Filters, Reading } from '../list/filters.ts'
import { firstPage, listAddress } from '../list/list-address.ts'
import { count } from '../units.ts'
import { Layout } from './layout.tsx'

const PATH = '/sessions'

export interface SessionsPageProps {
  project: string
  page: SessionPage
  reading: Reading
}

export function SessionsPage({ project, page, reading }: SessionsPageProps) {
  const { filters, search, problems } = reading
  return (
    <Layout title="Sessions" project={project} at="sessions" island="list" sheet="sessions">
      <div class="head">
        <h1>Sessions</h1>
        <p class="note">Found by their traces, shown as a whole.</p>
      </div>
      <SearchForm filters={filters} problems={problems} path={PATH} />
      <Chips filters={filters} search={search} path={PATH} />
      {page.sessions.length > 0 ? (
        <Table sessions={page.sessions} />
      ) : (
        <Nothing page={page} filters={filters} />
      )}
      <Pager page={page} filters={filters} />
    </Layout>
  )
}

function Table({ sessions }: { sessions: readonly SessionSummary[] }) {
  return (
    <table class="sessions">
      <caption class="hidden">Sessions</caption>
      <thead>
        <tr>
          <th scope="col">Session</th>
          <th scope="col">Last trace</th>
          <th scope="col">Traces</th>
          <th scope="col">Latency p50</th>
          <th scope="col">p99</th>
          <th scope="col">Tokens</th>
          <th scope="col">Cost</th>
          <th scope="col">
            Last started <span data-zone="">UTC</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Row session={session} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ session }: { session: SessionSummary }) {
  const { sessionId, users, traces, isMore, errors, latency, costNano, costMissing } = session
  return (
    <tr>
      <th scope="row">
        <a class="open" href={sessionAddress(sessionId)} title={sessionId}>
          {sessionId ? <Text text={sessionId} /> : 'unnamed'}
        </a>
        {users.length > 0 && (
          <span class="sub">
            {users.map((user) => (
              <FilterLink field="user" value={user} />
            ))}
          </span>
        )}
      </th>
      <td>
        <span class="last">
          <span class={`status s-${session.lastStatus}`}>
            <StatusMark status={session.lastStatus} />
          </span>{' '}
          <Text text={session.lastName || 'unnamed'} />
        </span>
        <span class="preview">
          <small>in</small>
          {session.lastInput ? (
            <Text text={session.lastInput} />
          ) : (
            <span class="unknown">nothing recorded</span>
          )}
        </span>
      </td>
      <td>
        {count(traces)}
        {isMore && '+'}
        {errors > 0 && <span class="failed sub">{count(errors)} failed</span>}
      </td>
      <td>
        <Duration us={percentile(latency, 0.5)} />
      </td>
      <td>
        <Duration us={percentile(latency, 0.99)} />
      </td>
      <td>
        <Tokens input={session.inputTokens} output={session.outputTokens} />
      </td>
      <td>
        <Money
          cost={costNano === null ? undefined : { usd: costNano / 1e9, atLeast: costMissing > 0 }}
        />
      </td>
      <td>
        <Time us={session.lastUs} />
      </td>
    </tr>
  )
}

function Nothing({ page, filters }: { page: SessionPage; filters: Filters }) {
  if (page.next) {
    return (
      <p class="nothing">None in the part that was searched so far. There is more to search.</p>
    )
  }
  if (filters.before) return <p class="nothing">There are no more sessions.</p>
  const isAsked = Boolean(filters.q || filters.range || filters.from || filters.to)
  return (
    <section class="nothing" aria-labelledby="nothing">
      <h2 id="nothing">{isAsked ? 'No session has a trace that matches' : 'No sessions yet'}</h2>
      {isAsked ? (
        <>
          <p>Remove a filter above to see more.</p>
          <p>
            <a href={PATH}>All sessions</a>
          </p>
        </>
      ) : (
        <p>
          A session is what traces have in common that name the same <code>sessionId</code>, such as
          the turns of one chat. Name it with <code>trace</code>, <code>span</code> or, for all that
          is traced in a part of a program, with <code>withAttributes</code>.
        </p>
      )}
    </section>
  )
}

/** Fewer than this on a page that has a next: it was searched only so far. */
const SHORT_PAGE = 50

function Pager({ page, filters }: { page: SessionPage; filters: Filters }) {
  const { before } = filters
  if (!before && !page.next) return <></>
  const isPart = page.next !== undefined && page.sessions.length < SHORT_PAGE
  return (
    <nav class="pager" aria-label="More sessions">
      {before && <a href={listAddress(firstPage(filters), PATH)}>← First page</a>}
      {page.next && (
        <a href={listAddress({ ...filters, before: page.next }, PATH)} rel="next">
          {isPart ? 'Searched in part: go on →' : 'Older →'}
        </a>
      )}
    </nav>
  )
}
