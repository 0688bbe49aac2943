/**
 * One session: what it comes to, and its traces as one thread.
 *
 * @module
 */

import { percentile } from '../../store/histogram.ts'
import type { SessionSummary } from '../../store/session-query.ts'
import type { TraceSummary } from '../../store/store.ts'
import { sessionAddress, traceAddress } from '../addresses.ts'
import { Body } from '../components/body.tsx'
import { Duration, Money, Time, Tokens } from '../components/figures.tsx'
import { Kind, Status } from '../components/marks.tsx'
import { Stat } from '../components/stat.tsx'
import { FilterLink } from '../components/tags.tsx'
import { Text } from '../components/text.tsx'
import { listAddress, term } from '../list/list-address.ts'
import type { Visit } from '../trace/session-thread.ts'
import { count, plural } from '../units.ts'
import { Layout } from './layout.tsx'

export interface SessionPageProps {
  project: string
  session: SessionSummary
  visits: readonly Visit[]
  /** The cursor of the next page. */
  next: string | undefined
  isNewestFirst: boolean
  isFirst: boolean
}

export function SessionPage(props: SessionPageProps) {
  const { project, session, visits, next, isNewestFirst, isFirst } = props
  const { sessionId } = session
  const list = listAddress({ q: term('session', sessionId) })
  return (
    <Layout
      title={sessionId || 'unnamed session'}
      project={project}
      at="sessions"
      island="list"
      sheet="sessions"
    >
      <Summary session={session} />
      <nav class="views" aria-label="Order">
        <a href={address(sessionId, false)} aria-current={isNewestFirst ? undefined : 'true'}>
          from the beginning
        </a>
        <a href={address(sessionId, true)} aria-current={isNewestFirst ? 'true' : undefined}>
          newest first
        </a>
        <a href={list}>as a list of traces</a>
      </nav>
      <div class="thread">
        {visits.map((visit) => (
          <VisitOf visit={visit} />
        ))}
        {visits.length === 0 && <p class="nothing">There are no more traces in this session.</p>}
      </div>
      {(next !== undefined || !isFirst) && (
        <nav class="pager" aria-label="More traces of this session">
          {!isFirst && <a href={address(sessionId, isNewestFirst)}>← First page</a>}
          {next !== undefined && (
            <a href={address(sessionId, isNewestFirst, next)} rel="next">
              {isNewestFirst ? 'Older →' : 'Newer →'}
            </a>
          )}
        </nav>
      )}
    </Layout>
  )
}

function address(id: string, isNewestFirst: boolean, before?: string): string {
  const more = new URLSearchParams({
    ...(isNewestFirst && { order: 'newest' }),
    ...(before !== undefined && { before }),
  }).toString()
  return sessionAddress(id) + (more && `&${more}`)
}

function Summary({ session }: { session: SessionSummary }) {
  const { sessionId, users, traces, isMore, errors, latency, costNano, costMissing } = session
  return (
    <header class="summary" id="summary">
      <div class="title">
        <h1 title={sessionId}>
          <Text text={sessionId || 'unnamed session'} />
        </h1>
        {errors > 0 && <span class="failed">{plural(errors, 'trace')} failed</span>}
      </div>
      <dl class="stats">
        <Stat label="Traces">
          {count(traces)}
          {isMore && <span class="zone"> the newest of more: all figures are of these</span>}
        </Stat>
        <Stat label="Latency p50">
          <Duration us={percentile(latency, 0.5)} />
        </Stat>
        <Stat label="p99">
          <Duration us={percentile(latency, 0.99)} />
        </Stat>
        <Stat label="Tokens">
          <Tokens input={session.inputTokens} output={session.outputTokens} />
        </Stat>
        <Stat label="Cost">
          <Money
            cost={costNano === null ? undefined : { usd: costNano / 1e9, atLeast: costMissing > 0 }}
          />
          {costNano !== null && costMissing > 0 && (
            <span class="zone"> {plural(costMissing, 'call')} without a price</span>
          )}
        </Stat>
        {users.length > 0 && (
          <Stat label={users.length === 1 ? 'User' : 'Users'}>
            <span class="users">
              {users.map((user) => (
                <FilterLink field="user" value={user} />
              ))}
            </span>
          </Stat>
        )}
        <Stat label="First">
          <Time us={session.firstUs} />
        </Stat>
        <Stat label="Last">
          <Time us={session.lastUs} />{' '}
          <span class="zone" data-zone="">
            UTC
          </span>
        </Stat>
      </dl>
    </header>
  )
}

function VisitOf({ visit: { trace, root, repeated } }: { visit: Visit }) {
  return (
    <article class="visit" aria-label={trace.name || 'unnamed'}>
      <header>
        <h2>
          <Kind kind={trace.kind} />{' '}
          <a class="open" href={traceAddress(trace.traceId)}>
            <Text text={trace.name || 'unnamed'} />
          </a>
        </h2>
        <Status status={trace.status} />
        <Figures trace={trace} />
      </header>
      {root ? (
        <div class="exchange">
          <Body span={root} side="input" view="chat" repeated={repeated} isOneOfMany />
          <Body span={root} side="output" view="chat" isOneOfMany />
        </div>
      ) : (
        <Previews trace={trace} />
      )}
    </article>
  )
}

function Figures({ trace }: { trace: TraceSummary }) {
  const { costNano, costMissing } = trace
  return (
    <p class="figures">
      <Time us={trace.startUs} />
      <span>{trace.durationUs === null ? 'running' : <Duration us={trace.durationUs} />}</span>
      {trace.inputTokens !== null && (
        <span>
          <Tokens input={trace.inputTokens} output={trace.outputTokens} /> tokens
        </span>
      )}
      {costNano !== null && <Money cost={{ usd: costNano / 1e9, atLeast: costMissing > 0 }} />}
      {trace.spanCount > 1 && <span>{plural(trace.spanCount, 'step')}</span>}
    </p>
  )
}

/** What the list knows, where the first step itself is not at hand. */
function Previews({ trace: { inputPreview, outputPreview } }: { trace: TraceSummary }) {
  return (
    <p class="note">
      <Text text={inputPreview || 'nothing recorded'} />
      {outputPreview && (
        <>
          {' '}
          → <Text text={outputPreview} />
        </>
      )}
    </p>
  )
}
