import { describe, expect, it } from 'vitest'
import { change, spanId, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

const HOUR_US = 3_600_000_000
const DAY_US = Date.UTC(2026, 0) * 1000
const DURING = 'from=2026-01-01&to=2026-01-02'

async function openWithCalls() {
  const subject = await open()
  const call = { model: 'gpt-4', provider: 'openai', inputTokens: 1000, outputTokens: 100 }
  const trace = { traceId: traceId(1), parentId: spanId(1) }
  await store.write(subject.project, [
    change(1, { startUs: DAY_US, status: 'success', endUs: DAY_US + 3_000_000, name: 'root' }),
    change(2, {
      ...trace,
      ...call,
      startUs: DAY_US + 1,
      endUs: DAY_US + 1 + 1_000_000,
      status: 'success',
    }),
    change(3, {
      ...trace,
      ...call,
      startUs: DAY_US + 2,
      endUs: DAY_US + 2 + 2_000_000,
      status: 'error',
      tags: ['slow'],
    }),
    change(4, { ...trace, model: 'own', startUs: DAY_US + HOUR_US, status: 'success' }),
  ])
  return subject
}

const NONE = { p50: null, p90: null, p99: null }
/** Within the 1.5 % of a class. */
const about = (ms: number) => expect.closeTo(ms, -Math.log10(ms * 0.03))

describe('GET /v1/series', () => {
  it('adds up calls over time', async () => {
    const { get } = await openWithCalls()
    expect(await get(`/v1/series?${DURING}&step=3600`)).toMatchObject({
      status: 200,
      body: {
        from: '2026-01-01T00:00:00.000000Z',
        to: '2026-01-02T00:00:00.000000Z',
        complete: true,
        step_seconds: 3600,
        buckets: [
          {
            started_at: '2026-01-01T00:00:00.000000Z',
            group: null,
            count: 2,
            errors: 1,
            input_tokens: 2000,
            output_tokens: 200,
            cost_usd: 0.072,
            priced: 2,
            latency_ms: { p50: about(1000), p90: about(2000), p99: about(2000) },
            first_text_ms: NONE,
          },
          {
            started_at: '2026-01-01T01:00:00.000000Z',
            count: 1,
            errors: 0,
            cost_usd: null,
            priced: 0,
            latency_ms: NONE,
          },
        ],
      },
    })
  })

  it.each([
    ['of=traces', [[null, 1]]],
    ['of=traces&by=name', [['root', 1]]],
    [
      'by=model&step=86400',
      [
        ['gpt-4', 2],
        ['own', 1],
      ],
    ],
    [
      'by=status&step=86400',
      [
        ['error', 1],
        ['success', 2],
      ],
    ],
    [
      'by=provider&step=86400',
      [
        [null, 1],
        ['openai', 2],
      ],
    ],
    ['by=tag&step=86400', [['slow', 3]]],
    ['q=model:gpt*&step=86400', [[null, 3]]],
    ['q=model:gpt-4&step=86400', [[null, 2]]],
    ['model=own&step=86400', [[null, 1]]],
    ['q=-model:own&step=86400', [[null, 2]]],
    ['q=tag:slow&step=86400', [[null, 3]]],
    ['q=nothing&step=86400', []],
    ['from=2026-01-01T01:00Z&to=2026-01-02', [[null, 1]]],
  ])('answers %s', async (question, groups) => {
    const { get } = await openWithCalls()
    const during = question.includes('from') ? '' : `${DURING}&`
    const { status, body } = await get(`/v1/series?${during}${question}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ buckets: groups.map(([group, count]) => ({ group, count })) })
  })

  it.each([
    ['from=2026-01-02&to=2026-01-01', '`from` must be before `to`'],
    [`${DURING}&step=0`, '`step` must be a number of seconds, from 1 on'],
    [`${DURING}&step=1h`, '`step` must be a number of seconds, from 1 on'],
    [`${DURING}&step=1`, '`step` gives 86400 buckets; there may be 1000'],
    [
      `${DURING}&by=kind`,
      '`by` must be one of name, status, model, provider, user, environment, tag, found another word',
    ],
    [
      `${DURING}&of=traces&by=model`,
      'traces can be told apart `by` name and status; calls by all of them',
    ],
    [`${DURING}&of=spans`, '`of` must be one of traces, calls, tools, found another word'],
    [
      `${DURING}&limit=3`,
      'a parameter is not known; there are q, status, model, tag, from, to, of, by, step',
    ],
  ])('400: %s', async (question, detail) => {
    const { get } = await open()
    expect(await get(`/v1/series?${question}`)).toMatchObject({ status: 400, body: { detail } })
  })
})

describe('GET /v1/sessions', () => {
  it('tells what the traces of each come to', async () => {
    const { get, project } = await openWithCalls()
    await store.write(project, [
      change(8, { sessionId: 's 1', userId: 'ada', status: 'error', input: 'hi' }),
      change(9, { sessionId: 's 2', startUs: DAY_US + HOUR_US, endUs: DAY_US + 2 * HOUR_US }),
    ])
    const first = await get('/v1/sessions?limit=1')
    expect(first).toMatchObject({
      status: 200,
      body: { sessions: [{ session_id: 's 2', traces: 1, users: [] }], next: expect.any(String) },
    })
    const { body } = await get('/v1/sessions?q=user:ada')
    expect(body).toEqual({
      sessions: [
        {
          session_id: 's 1',
          users: ['ada'],
          traces: 1,
          more: false,
          errors: 1,
          first_started_at: '2026-01-01T00:00:00.000008Z',
          last_started_at: '2026-01-01T00:00:00.000008Z',
          latency_ms: NONE,
          input_tokens: null,
          output_tokens: null,
          cost_usd: null,
          unpriced_calls: 0,
          last_name: 'workflow',
          last_status: 'error',
          last_input_preview: 'hi',
        },
      ],
    })
  })

  it.each([
    ['before=x!', 'the cursor is none that this list gave; begin again without it'],
    [
      'sort=cost',
      'a parameter is not known; there are q, status, model, tag, from, to, before, limit',
    ],
  ])('400: %s', async (question, detail) => {
    const { get } = await open()
    expect(await get(`/v1/sessions?${question}`)).toMatchObject({ status: 400, body: { detail } })
  })
})

describe('GET /v1/facets', () => {
  it('counts the traces that have a value', async () => {
    const { get } = await openWithCalls()
    expect(await get('/v1/facets?fields=model,tag,has')).toMatchObject({
      status: 200,
      body: {
        facets: {
          model: [
            { value: 'gpt-4', traces: 1 },
            { value: 'own', traces: 1 },
          ],
          tag: [{ value: 'slow', traces: 1 }],
          has: [],
        },
      },
    })
    expect(await get('/v1/facets?fields=model&q=tag:fast')).toMatchObject({
      body: { facets: { model: [] } },
    })
  })

  it('400: a field that is none', async () => {
    const { get } = await open()
    expect(await get('/v1/facets?fields=model,price')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('`fields` must be one of status, kind, name') },
    })
  })
})
