/**
 * The gateway between, and what was left of limits, in words.
 *
 * @module
 */

import type { GatewayFacts, LimitFacts } from '../step/exchange.ts'
import { count, duration } from '../units.ts'
import { Text, Unknown } from './text.tsx'

/** `4,999 of 5,000 requests`, and on a closer look when that will be all of them again. */
export function Left({ limits }: { limits: readonly LimitFacts[] }) {
  const left = limits.map(({ of, limit, remaining }) => {
    const whole = limit === undefined ? '' : ` of ${count(limit)}`
    return `${remaining === undefined ? 'unknown' : count(remaining)}${whole} ${of}`
  })
  const reset = limits.flatMap(({ of, resetMs }) =>
    resetMs === undefined ? [] : `all ${of} in ${duration(resetMs * 1000)}`,
  )
  return <span title={reset.join(', ') || undefined}>{left.join(', ')}</span>
}

const CACHE = new Map([
  ['hit', 'answered from its cache'],
  ['miss', 'not in its cache'],
  ['bypass', 'past its cache'],
])

/** The gateway between, and what it did with the call. Steps are counted from 1, as people do. */
export function Between({ via }: { via: GatewayFacts }) {
  const said = [
    CACHE.get(via.cache ?? ''),
    via.step === undefined ? undefined : `request ${via.step + 1} was answered`,
    via.logId && `log ${via.logId}`,
  ].filter(Boolean)
  return (
    <>
      {via.gateway ? <Text text={via.gateway} /> : <Unknown />}
      {said.length > 0 && (
        <span class="sub">
          <Text text={said.join(', ')} />
        </span>
      )}
    </>
  )
}
