/**
 * What is left of an account's limits, as the headers of an answer say: in OpenAI's words, which most
 * others took over, in Anthropic's, or without saying of what, which is of requests.
 *
 * @see https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 * @see https://docs.anthropic.com/en/api/rate-limits#response-headers
 * @module
 */

import { defined } from '../json.ts'
import { LIMITED, type RateLimits } from '../model-call.ts'

/** What each limit is called: what is left, how much it is, when it is whole again. */
const NAMES: readonly (readonly [of: (typeof LIMITED)[number], names: readonly string[][]])[] =
  LIMITED.map((of) => {
    const kind = of.replace('T', '-t')
    const patterns = [`x-ratelimit-*-${kind}`, `anthropic-ratelimit-${kind}-*`]
    if (of === 'requests') patterns.push('x-ratelimit-*', 'ratelimit-*')
    const whats = ['remaining', 'limit', 'reset']
    return [of, patterns.map((pattern) => whats.map((what) => pattern.replace('*', what)))]
  })

export function rateLimits(headers: Headers): RateLimits | undefined {
  let limits: RateLimits | undefined
  for (const [of, patterns] of NAMES) {
    for (const [remaining = '', limit = '', reset = ''] of patterns) {
      const left = headers.get(remaining)
      if (left === null) continue
      limits ??= {}
      limits[of] = defined({
        limit: countIn(headers.get(limit)),
        remaining: countIn(left),
        resetMs: timeIn(headers.get(reset)),
      })
      break
    }
  }
  return limits
}

function countIn(text: string | null): number | undefined {
  const count = Number.parseFloat(text ?? '')
  return count >= 0 ? count : undefined
}

const UNITS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** A span of time, `6m0s`; seconds; or a point in time: a date, or seconds or milliseconds since 1970. */
function timeIn(text: string | null): number | undefined {
  if (!text) return undefined
  const spans = [...text.matchAll(/([\d.]+)(ms|[smhd])/g)]
  if (spans.length > 0 && !text.includes('T')) {
    return spans.reduce(
      (sum, [, count, unit = '']) => sum + Number(count) * (UNITS.get(unit) ?? 0),
      0,
    )
  }
  const number = Number(text)
  const isPoint = Number.isNaN(number) || number > 1e9
  const ms = Number.isNaN(number) ? Date.parse(text) : number * (number > 1e12 ? 1 : 1_000)
  const left = isPoint ? ms - Date.now() : ms
  return Number.isNaN(left) ? undefined : Math.max(0, left)
}
