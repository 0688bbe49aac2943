import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { billedOf, costOf, type Billed } from '../../worker/price/cost.ts'
import type { PriceRule } from '../../worker/store/price.ts'
import { PRICES } from '../../worker/price/prices.ts'

const AT_US = Date.UTC(2026, 9, 1) * 1000
const OPENAI = 'https://api.openai.com/v1/chat/completions'
const ANTHROPIC = 'https://api.anthropic.com/v1/messages'
const GEMINI = 'https://generativelanguage.googleapis.com/v1beta/models/m:generateContent'

function billed(url: string | undefined, model: string, usage: object, rest = {}): Billed {
  return {
    url,
    provider: null,
    models: [model],
    tier: undefined,
    usage: { final: true, ...usage },
    atUs: AT_US,
    ...rest,
  }
}

/** Worked out by hand from the providers' price pages, in US dollars a million tokens. */
const BILLS: [what: string, call: Billed, usd: number][] = [
  // https://openai.com/api/pricing: gpt-4o 2.50 in, 1.25 cached, 10 out
  [
    'input and output',
    billed(OPENAI, 'gpt-4o-2024-11-20', { input: 150, output: 42 }),
    (150 * 2.5 + 42 * 10) / 1e6,
  ],
  [
    'cached input, a part of it',
    billed(OPENAI, 'gpt-4o', { input: 1_000, cacheRead: 800, output: 10 }),
    (200 * 2.5 + 800 * 1.25 + 10 * 10) / 1e6,
  ],
  [
    'reasoning, inside of the output',
    billed(OPENAI, 'gpt-4o', { input: 10, output: 500, reasoning: 450 }),
    (10 * 2.5 + 500 * 10) / 1e6,
  ],
  [
    'a cached count of 0',
    billed(OPENAI, 'gpt-4o', { input: 10, cacheRead: 0, output: 5 }),
    (10 * 2.5 + 5 * 10) / 1e6,
  ],
  // text-embedding-3-small 0.02 in, and no output
  [
    'an embedding',
    billed('https://api.openai.com/v1/embeddings', 'text-embedding-3-small', {
      input: 5_000,
      output: null,
    }),
    (5_000 * 0.02) / 1e6,
  ],
  // https://docs.anthropic.com/en/docs/about-claude/pricing: Sonnet 4.5 3 in, 0.30 read, 3.75 written, 6 for an hour, 15 out
  [
    'cache read and written',
    billed(ANTHROPIC, 'claude-sonnet-4-5', {
      input: 1_500,
      cacheRead: 1_000,
      cacheWrite: 200,
      output: 42,
    }),
    (300 * 3 + 1_000 * 0.3 + 200 * 3.75 + 42 * 15) / 1e6,
  ],
  [
    'cache written for an hour',
    billed(ANTHROPIC, 'claude-sonnet-4-5', {
      input: 1_500,
      cacheWrite: 1_000,
      cacheWrite1h: 1_000,
      output: 42,
    }),
    (500 * 3 + 1_000 * 6 + 42 * 15) / 1e6,
  ],
  // https://ai.google.dev/gemini-api/docs/pricing: 2.5 Pro 1.25 in and 10 out to 200,000, then 2.50 and 15
  [
    'a prompt of the first tier',
    billed(GEMINI, 'gemini-2.5-pro', { input: 1_000, output: 100 }),
    (1_000 * 1.25 + 100 * 10) / 1e6,
  ],
  [
    'a prompt of the second tier',
    billed(GEMINI, 'gemini-2.5-pro', { input: 250_000, output: 1_000 }),
    (250_000 * 2.5 + 1_000 * 15) / 1e6,
  ],
  [
    'an address the prices do not know',
    billed('https://eu.api.openai.com/v1/chat/completions', 'gpt-4o', { input: 100, output: 10 }),
    (100 * 2.5 + 10 * 10) / 1e6,
  ],
  [
    'a provider by name, where nobody was dialled',
    billed(undefined, 'gpt-4o', { input: 100, output: 10 }, { provider: 'openai' }),
    (100 * 2.5 + 10 * 10) / 1e6,
  ],
  // https://aws.amazon.com/bedrock/pricing: Claude Sonnet 4.5 3 in and 15 out; in a region's profile a tenth more
  [
    'a model of Bedrock',
    billed(
      'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse',
      'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { input: 1_000, cacheRead: 600, output: 100 },
    ),
    (400 * 3 + 600 * 0.3 + 100 * 15) / 1e6,
  ],
  [
    'a model of Bedrock in a region’s profile',
    billed(
      'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { input: 1_000, output: 100 },
    ),
    ((1_000 * 3 + 100 * 15) / 1e6) * 1.1,
  ],
  [
    'Anthropic’s model on Vertex AI',
    billed(
      'https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic/models/m:rawPredict',
      'claude-sonnet-4-5@20250929',
      { input: 1_000, output: 100 },
    ),
    (1_000 * 3 + 100 * 15) / 1e6,
  ],
  [
    'Anthropic’s model on Amazon’s hosts',
    billed('https://aws-external-anthropic.us-east-1.api.aws/v1/messages', 'claude-sonnet-4-5', {
      input: 1_000,
      output: 100,
    }),
    (1_000 * 3 + 100 * 15) / 1e6,
  ],
  // https://developers.cloudflare.com/workers-ai/platform/pricing: 0.293 in, 2.253 out
  [
    'Workers AI',
    billed(
      'https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/meta/llama-3.3-70b-instruct-fp8-fast',
      '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
      { input: 1_000, output: 100 },
    ),
    (1_000 * 0.293 + 100 * 2.253) / 1e6,
  ],
  [
    'the provider behind a gateway',
    billed(
      'https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions',
      'gpt-4o',
      { input: 100, output: 10 },
      { provider: 'openai', via: { gateway: 'cloudflare', upstream: 'openai' } },
    ),
    (100 * 2.5 + 10 * 10) / 1e6,
  ],
  [
    'nothing, where a gateway answered from its cache',
    billed(
      'https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions',
      'gpt-0',
      { input: 100, output: 10 },
      { via: { gateway: 'cloudflare', cache: 'hit' } },
    ),
    0,
  ],
  [
    'the model asked for, where the one that answered has no price',
    billed(OPENAI, '', { input: 100, output: 10 }, { models: ['ft:unheard-of', 'gpt-4o'] }),
    (100 * 2.5 + 10 * 10) / 1e6,
  ],
]

describe('PRICES', () => {
  it('are those that are installed', () => {
    const path = '../../node_modules/@pydantic/genai-prices/package.json'
    const { version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
    expect(PRICES).toBe(`@pydantic/genai-prices ${version}`)
  })
})

describe('costOf', () => {
  it.each(BILLS)('is what one would work out by hand: %s', (_, call, usd) => {
    expect(costOf(call)?.usd).toBeCloseTo(usd, 12)
  })

  it.each<[string, Billed]>([
    ['a model that nobody prices', billed(OPENAI, 'gpt-0', { input: 1, output: 1 })],
    [
      'a server of one’s own',
      billed(
        'http://127.0.0.1:8000/v1/chat/completions',
        'gpt-4o',
        { input: 1, output: 1 },
        { provider: 'openai' },
      ),
    ],
    ['input that nobody counted', billed(OPENAI, 'gpt-4o', { input: null, output: 7 })],
    ['output that nobody counted', billed(OPENAI, 'gpt-4o', { input: 7, output: null })],
    [
      'a tier with rates of its own',
      billed(OPENAI, 'gpt-4o', { input: 1, output: 1 }, { tier: 'flex' }),
    ],
    [
      'a gateway that has prices of its own',
      billed('https://ai-gateway.vercel.sh/v4/ai/language-model', 'openai/gpt-4o', {
        input: 1,
        output: 1,
      }),
    ],
    [
      'a gateway that does not say who answers behind it',
      billed(
        'https://gateway.ai.cloudflare.com/v1/a/g/compat/chat/completions',
        'gpt-4o',
        { input: 1, output: 1 },
        { provider: 'cloudflare', via: { gateway: 'cloudflare' } },
      ),
    ],
    ['counts that make no sense', billed(OPENAI, 'gpt-4o', { input: 1, cacheRead: 9, output: 1 })],
    ['no address at all', billed('nonsense', 'gpt-4o', { input: 1, output: 1 })],
    ['nobody', billed(undefined, 'gpt-4o', { input: 1, output: 1 })],
  ])('is unknown, and never 0: %s', (_, call) => {
    expect(costOf(call)).toBeUndefined()
  })

  it.each<[string, object, number]>([
    ['OpenRouter', { cost: 0.0123 }, 0.0123],
    ['Perplexity', { cost: { total_cost: 0.006 } }, 0.006],
    ['xAI', { cost_in_usd_ticks: 25_000_000 }, 0.0025],
  ])('is what the provider says it charges, before any rate: %s', (_, raw, usd) => {
    const call = billed(OPENAI, 'gpt-4o', { input: 1, output: 1, raw })
    expect(costOf(call)).toEqual({ usd, source: 'provider', rates: [], atLeast: false })
  })

  it('says the rates, and that a stream cut short cost at least this', () => {
    expect(costOf(billed(OPENAI, 'gpt-4o', { input: 100, output: 10, final: false }))).toEqual({
      usd: expect.closeTo(0.00035, 12),
      source: 'rates',
      input: expect.closeTo(0.00025, 12),
      output: expect.closeTo(0.0001, 12),
      rates: [
        ['input', 2.5],
        ['cache read', 1.25],
        ['output', 10],
      ],
      atLeast: true,
    })
  })
})

describe('prices of a project', () => {
  const usage = { input: 1_000_000, output: 100_000, cacheRead: 400_000, cacheWrite: 100_000 }
  const exact = { model: 'gpt-4o', input: 1, output: 10 }
  const cases: [name: string, rules: PriceRule[], usd: number | undefined][] = [
    ['the one that fits', [exact], 2],
    ['the first that fits', [{ ...exact, model: 'gpt*', input: 2 }, exact], 3],
    [
      'not those of others',
      [
        { ...exact, model: 'gpt-4' },
        { ...exact, provider: 'azure' },
      ],
      undefined,
    ],
    ['those of this provider', [{ ...exact, provider: 'openai', output: 0 }], 1],
    [
      'a rate for what was cached',
      [{ ...exact, cacheRead: 0.1, cacheWrite: 2 }],
      0.5 + 0.04 + 0.2 + 1,
    ],
    ['nothing, where it is free', [{ model: 'gpt-4o', input: 0, output: 0 }], 0],
  ]

  it.each(cases)('count: %s', (_, rules, usd) => {
    const known = { ...billed(OPENAI, 'gpt-4o', usage), provider: 'openai' }
    const cost = costOf(known, rules)
    if (usd === undefined) expect(cost).toEqual(costOf(known))
    else expect([cost?.source, cost?.usd]).toEqual(['project', expect.closeTo(usd, 9)])
  })

  it('do not count before what the provider says it charges, nor for a cache of a gateway', () => {
    const charged = billed(OPENAI, 'gpt-4o', { ...usage, raw: { cost: 0.5 } })
    expect(costOf(charged, [exact])).toMatchObject({ source: 'provider', usd: 0.5 })
    const cached = { ...billed(OPENAI, 'gpt-4o', usage), via: { gateway: 'g', cache: 'hit' } }
    expect(costOf(cached, [exact])).toMatchObject({ source: 'cache', usd: 0 })
  })

  it('leave a cost unknown whose counts are', () => {
    expect(costOf(billed(OPENAI, 'gpt-4o', { input: 5 }), [exact])).toBeUndefined()
    expect(costOf(billed(OPENAI, 'gpt-4o', { output: 5 }), [exact])).toBeUndefined()
  })
})

describe('billedOf', () => {
  it.each([{}, { usage: [], http: 7, response: null }, { usage: 'x' }])(
    'takes a call of any shape: %j',
    (call) => {
      const span = {
        provider: null,
        model: null,
        startUs: 0,
        inputTokens: null,
        outputTokens: null,
      }
      expect(costOf(billedOf(call, span))).toBeUndefined()
    },
  )

  it('takes the counts of a record without a call, from who says which provider it was', () => {
    const span = {
      provider: 'openai',
      model: 'gpt-4o',
      startUs: AT_US,
      inputTokens: 100,
      outputTokens: 10,
    }
    expect(costOf(billedOf({}, span))?.usd).toBeCloseTo(0.00035, 12)
  })

  it('takes who says which provider it was, where others traced it and saw no address', () => {
    const span = {
      provider: 'openai',
      model: 'gpt-4o',
      startUs: AT_US,
      inputTokens: 100,
      outputTokens: 10,
    }
    const call = { http: { method: '', url: '' }, usage: { input: 100, output: 10, final: true } }
    expect(costOf(billedOf(call, span))?.usd).toBeCloseTo(0.00035, 12)
  })

  it.each([
    ['compat’s own name', 'gcp.gemini', 'google-ai-studio/gemini-2.5-pro', 1_000 * 1.25 + 100 * 10],
    ['three names', 'gcp.vertex_ai', 'google-vertex-ai/google/gemini-2.5-pro', 2_250],
    ['a name with slashes', 'cloudflare.workers_ai', '@cf/meta/llama-3.1-8b-instruct', 364.7],
  ])('takes the model’s name behind a gateway, %s', (_, provider, model, micro) => {
    const call = {
      provider,
      via: { gateway: 'cloudflare', upstream: 'x' },
      http: { url: 'https://gateway.ai.cloudflare.com/v1/a/g/compat/chat/completions' },
      request: { model },
      usage: { input: 1_000, output: 100 },
    }
    const span = { provider, model: null, startUs: AT_US, inputTokens: null, outputTokens: null }
    expect(costOf(billedOf(call, span))?.usd).toBeCloseTo(micro / 1e6, 9)
  })

  it('takes the rate of the profile that was asked for on Bedrock, before that of the model', () => {
    const call = {
      provider: 'aws.bedrock',
      http: { url: 'https://bedrock-runtime.eu-central-1.amazonaws.com/model/m/invoke' },
      request: { model: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0' },
      response: { model: 'claude-sonnet-4-5-20250929' },
      usage: { input: 1_000, output: 100 },
    }
    const span = {
      provider: 'aws.bedrock',
      model: 'claude-sonnet-4-5-20250929',
      startUs: AT_US,
      inputTokens: null,
      outputTokens: null,
    }
    expect(costOf(billedOf(call, span))?.usd).toBeCloseTo(0.0045, 9)
  })
})
