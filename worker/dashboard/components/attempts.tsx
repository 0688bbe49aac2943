/**
 * Each attempt of a call that its client tried again: when, how it ended, how long the client waited.
 *
 * @module
 */

import type { AttemptFacts } from '../step/attempts.ts'
import { duration } from '../units.ts'
import { Money, Tokens } from './figures.tsx'
import { Text } from './text.tsx'

export function Attempts({ attempts }: { attempts: readonly AttemptFacts[] }) {
  if (attempts.length === 0) return <></>
  return (
    <section aria-label="Attempts">
      <h3>Attempts</h3>
      <div class="attempts" role="region" aria-label="Attempts" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>#</th>
              <th>Waited</th>
              <th>Took</th>
              <th>Answer</th>
              <th>Tokens</th>
              <th>Cost</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt, index) => (
              <Row attempt={attempt} position={index + 1} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ attempt, position }: { attempt: AttemptFacts; position: number }) {
  const { startMs, endMs, gapMs, outcome, failed, reason, retryAfterMs, requestId } = attempt
  const { inputTokens = null, outputTokens = null } = attempt
  return (
    <tr>
      <td>{position}</td>
      <td>{gapMs === undefined ? '–' : duration(gapMs * 1000)}</td>
      <td>{duration((endMs - startMs) * 1000)}</td>
      <td>
        <b class={failed ? 's-error' : 's-success'}>
          <Text text={outcome} />
        </b>
        {reason && (
          <span class="sub">
            <Text text={reason} />
          </span>
        )}
        {retryAfterMs !== undefined && (
          <span class="sub">asked to wait {duration(retryAfterMs * 1000)}</span>
        )}
        {requestId && (
          <span class="sub">
            <Text text={requestId} />
          </span>
        )}
      </td>
      <td>
        <Tokens input={inputTokens} output={outputTokens} />
      </td>
      <td>
        <Money cost={attempt.cost} />
      </td>
    </tr>
  )
}
