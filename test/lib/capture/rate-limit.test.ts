import { describe, expect, it, vi } from 'vitest'
import { rateLimits } from '../../../src/lib/capture/rate-limit.ts'

const NOW = Date.UTC(2026, 9, 1)

function read(headers: Record<string, string>) {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  const limits = rateLimits(new Headers(headers))
  vi.useRealTimers()
  return limits
}

describe('rateLimits', () => {
  it.each<[who: string, headers: Record<string, string>, limits: object]>([
    [
      'OpenAI',
      {
        'x-ratelimit-limit-requests': '5000',
        'x-ratelimit-remaining-requests': '4999',
        'x-ratelimit-reset-requests': '12ms',
        'x-ratelimit-limit-tokens': '150000',
        'x-ratelimit-remaining-tokens': '149984',
        'x-ratelimit-reset-tokens': '6m0.5s',
      },
      {
        requests: { limit: 5_000, remaining: 4_999, resetMs: 12 },
        tokens: { limit: 150_000, remaining: 149_984, resetMs: 360_500 },
      },
    ],
    [
      'Anthropic',
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-10-01T00:00:30Z',
        'anthropic-ratelimit-input-tokens-limit': '30000',
        'anthropic-ratelimit-input-tokens-remaining': '29000',
        'anthropic-ratelimit-input-tokens-reset': '2026-10-01T00:01:00Z',
        'anthropic-ratelimit-output-tokens-limit': '8000',
        'anthropic-ratelimit-output-tokens-remaining': '8000',
        'anthropic-ratelimit-output-tokens-reset': '2026-09-30T23:59:59Z',
      },
      {
        requests: { limit: 50, remaining: 0, resetMs: 30_000 },
        inputTokens: { limit: 30_000, remaining: 29_000, resetMs: 60_000 },
        outputTokens: { limit: 8_000, remaining: 8_000, resetMs: 0 },
      },
    ],
    [
      'Groq, of hours',
      {
        'x-ratelimit-limit-requests': '14400',
        'x-ratelimit-remaining-requests': '14370',
        'x-ratelimit-reset-requests': '1h2m59.56s',
      },
      { requests: { limit: 14_400, remaining: 14_370, resetMs: 3_779_560 } },
    ],
    [
      'Azure, which tells what is left alone',
      { 'x-ratelimit-remaining-tokens': '239' },
      { tokens: { remaining: 239 } },
    ],
    [
      'who does not say of what, in seconds',
      { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': '3' },
      { requests: { limit: 60, remaining: 59, resetMs: 3_000 } },
    ],
    [
      'Replicate',
      { 'ratelimit-remaining': '5', 'ratelimit-reset': '1' },
      { requests: { remaining: 5, resetMs: 1_000 } },
    ],
    [
      'OpenRouter, in milliseconds since 1970',
      { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': String(NOW + 500) },
      { requests: { remaining: 7, resetMs: 500 } },
    ],
    [
      'GitHub, in seconds since 1970',
      { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': String(NOW / 1000 + 5) },
      { requests: { remaining: 7, resetMs: 5_000 } },
    ],
    [
      'who says nonsense',
      {
        'x-ratelimit-remaining-requests': 'many',
        'x-ratelimit-limit-requests': '-1',
        'x-ratelimit-reset-requests': 'soon',
      },
      { requests: {} },
    ],
  ])('reads what is left at %s', (_, headers, limits) => {
    expect(read(headers)).toEqual(limits)
  })

  it('gives nothing where nothing is said', () => {
    expect(read({ 'x-request-id': 'r', 'x-ratelimit-limit-requests': '5' })).toBeUndefined()
  })
})
