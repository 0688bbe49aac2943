/**
 * What the provider counted for two calls, of what it read from its cache and wrote to it.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { readCall } from '../step/call.ts'
import { percent } from '../compare/figures.ts'
import { count, duration, plural } from '../units.ts'
import { Time } from './figures.tsx'
import { Unknown } from './text.tsx'

export function CacheCounts({ before, now }: { before: SpanRow; now: SpanRow }) {
  const [usageBefore, usageNow] = [readCall(before).usage, readCall(now).usage]
  const apartUs = now.startUs - before.startUs
  return (
    <table class="sides" aria-label="What the provider counted">
      <thead>
        <tr>
          <td></td>
          <th scope="col">
            {apartUs < 0 ? 'The other call' : 'The call before'}
            <span class="sub">
              <Time us={before.startUs} />
            </span>
          </th>
          <th scope="col">
            This call
            <span class="sub">
              {duration(Math.abs(apartUs))} {apartUs < 0 ? 'earlier' : 'later'}
            </span>
          </th>
        </tr>
      </thead>
      <tbody>
        <Line label="Tokens in" before={before.inputTokens} now={now.inputTokens} />
        <Line label="Read from cache" before={usageBefore.cacheRead} now={usageNow.cacheRead} />
        <Line label="Written to cache" before={usageBefore.cacheWrite} now={usageNow.cacheWrite} />
      </tbody>
    </table>
  )
}

interface LineProps {
  label: string
  before: number | null | undefined
  now: number | null | undefined
}

function Line({ label, before, now }: LineProps) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{before === null || before === undefined ? <Unknown /> : count(before)}</td>
      <td>{now === null || now === undefined ? <Unknown /> : count(now)}</td>
    </tr>
  )
}

export function whatWasRead(span: SpanRow, isShared: boolean): string {
  const { cacheRead } = readCall(span).usage
  if (cacheRead === undefined) return 'How much it read from its cache the provider did not say.'
  if (cacheRead === 0) {
    return `The provider read nothing of this prompt from its cache.${
      isShared
        ? ' Caches need a beginning that is long enough (often 1,024 tokens) and was sent not long ago (often minutes), and some have to be asked for.'
        : ''
    }`
  }
  const { inputTokens } = span
  // Who does not count them among the tokens in is not told apart from who does, unless they are more.
  if (!inputTokens || cacheRead > inputTokens) {
    return `The provider read ${plural(cacheRead, 'token')} from its cache.`
  }
  return `The provider read ${percent(cacheRead / inputTokens)} of this prompt’s tokens from its cache.`
}
