/**
 * The heading of a trace: its name, how it went, and what its steps add up to.
 *
 * @module
 */

import { compareAddress, deleteAddress, exportAddress, sessionAddress } from '../addresses.ts'
import type { Totals } from '../trace/totals.ts'
import { count, plural } from '../units.ts'
import { Arrow, Duration, Money, Time, Tokens } from './figures.tsx'
import { Status } from './marks.tsx'
import { Stat } from './stat.tsx'
import { FilterLink, Models, Tags } from './tags.tsx'
import { Text } from './text.tsx'

const EXPORTED: readonly [format: string, words: string][] = [
  ['records', 'steps'],
  ['chat', 'calls, for training'],
  ['skipped', 'calls left out'],
  ['otlp', 'OTLP'],
]

export function TraceSummary({ traceId, totals }: { traceId: string; totals: Totals }) {
  const { status, errors, userId, sessionId, environment } = totals
  return (
    <header class="summary" id="summary" data-status={status}>
      <div class="title">
        <h1 title={totals.name}>
          <Text text={totals.name || 'unnamed'} />
        </h1>
        <Status status={status} />
        {errors > 0 && (
          <span class="failed">
            {count(errors)} {errors === 1 ? 'step' : 'steps'} failed
          </span>
        )}
        <Tags tags={totals.tags} />
      </div>
      <dl class="stats">
        <Stat label="Latency">
          {totals.durationUs === null ? 'running' : <Duration us={totals.durationUs} />}
        </Stat>
        <Stat label="Steps">{count(totals.steps)}</Stat>
        <Stat label="Model calls">{count(totals.calls)}</Stat>
        {totals.calls > 0 && (
          <Stat
            label={
              <>
                Tokens in
                <Arrow />
                out
              </>
            }
          >
            <Tokens input={totals.inputTokens} output={totals.outputTokens} />
          </Stat>
        )}
        {totals.costUsd !== null && (
          <Stat label="Cost">
            <Money cost={{ usd: totals.costUsd, atLeast: totals.unpriced > 0 }} />
            {totals.unpriced > 0 && (
              <span class="zone"> {plural(totals.unpriced, 'call')} without a price</span>
            )}
          </Stat>
        )}
        {totals.models.length > 0 && (
          <Stat label={totals.models.length === 1 ? 'Model' : 'Models'}>
            <Models models={totals.models} />
          </Stat>
        )}
        <Stat label="Started">
          <Time us={totals.startUs} />{' '}
          <span class="zone" data-zone="">
            UTC
          </span>
        </Stat>
        {environment && (
          <Stat label="Environment">
            <FilterLink field="environment" value={environment} />
          </Stat>
        )}
        {userId && (
          <Stat label="User">
            <FilterLink field="user" value={userId} />
          </Stat>
        )}
        {sessionId && (
          <Stat label="Session">
            <a href={sessionAddress(sessionId)}>
              <Text text={sessionId} />
            </a>
          </Stat>
        )}
        <Stat label="Trace">
          <code class="id">{traceId}</code>
        </Stat>
      </dl>
      <div class="acts">
        <a href={compareAddress({ b: traceId })}>Compare</a>
        <details class="act">
          <summary>Export</summary>
          <p>
            {EXPORTED.map(([format, words]) => (
              <a href={exportAddress(traceId, format)}>{words}</a>
            ))}
          </p>
        </details>
        <details class="act">
          <summary>Delete</summary>
          <form method="post" action={deleteAddress(traceId)}>
            <span>With all its steps, for good.</span>
            <button type="submit" class="danger">
              Delete this trace
            </button>
          </form>
        </details>
      </div>
    </header>
  )
}
