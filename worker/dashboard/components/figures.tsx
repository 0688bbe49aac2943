/**
 * Times, durations and token counts as they stand in tables and headings.
 *
 * @module
 */

import type { Cost } from '../../price/cost.ts'
import { compact, count, dollars, duration, moment } from '../units.ts'
import { Dash } from './text.tsx'

/** In UTC; `islands/times.ts` turns it into the reader's own time. */
export function Time({ us }: { us: number }) {
  const { iso, day, clock } = moment(us)
  return (
    <time datetime={iso}>
      <span>{clock}</span> <span class="day">{day}</span>
    </time>
  )
}

/** What took no time at all by the clock was not measured by it. */
export function Duration({ us, unmeasured = '–' }: { us: number | null; unmeasured?: string }) {
  if (us === null) return <Dash />
  const exact = `${count(us / 1000)} ms`
  if (us !== 0)
    return exact === duration(us) ? <>{exact}</> : <span title={exact}>{duration(us)}</span>
  return (
    <span
      class="unknown"
      title="The clock did not move. On Workers it stands still while a program only computes."
    >
      {unmeasured}
    </span>
  )
}

export function Arrow() {
  return <span class="arrow"> → </span>
}

/** What nobody can price is not free. */
export function Money({ cost }: { cost: Pick<Cost, 'usd' | 'atLeast'> | undefined }) {
  if (cost === undefined) return <Dash />
  return (
    <span title={`${cost.usd} US dollars`}>
      {cost.atLeast && '≥ '}
      {dollars(cost.usd)}
    </span>
  )
}

interface TokensProps {
  input: number | null
  output: number | null
}

/** Into the model and out of it. What nobody counted is not nothing. */
export function Tokens({ input, output }: TokensProps) {
  if (input === null && output === null) return <Dash />
  const rounded = Math.max(input ?? 0, output ?? 0) >= 10_000
  const [into, out] = [input, output].map((tokens) => (tokens === null ? 'unknown' : count(tokens)))
  if (!rounded) {
    return (
      <>
        {input === null ? '?' : count(input)}
        <Arrow />
        {output === null ? '?' : count(output)}
      </>
    )
  }
  return (
    <span title={`${into} tokens in, ${out} out`}>
      {input === null ? '?' : compact(input)}
      <Arrow />
      {output === null ? '?' : compact(output)}
    </span>
  )
}
