import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openapiDocument } from '../../worker/api/openapi/openapi.ts'
import { operations } from '../../worker/api/openapi/operations.ts'
import { byPassword } from '../../worker/auth/password-login.ts'
import { durableLive } from '../../worker/store/durable/durable-live.ts'
import { change, id, spanId, START_US, traceId } from '../store/changes.ts'
import { newDirectory, open, store } from './support/subject.ts'

const document = openapiDocument()

/** Of one answer, with what it refers to; strict, as every shape names all that is in it. */
function shape(path: string, method: string, status: number): z.ZodType {
  const paths: Record<
    string,
    Record<string, { responses: Record<string, unknown> }>
  > = document.paths
  const answer: unknown = paths[path]?.[method]?.responses[status]
  const content = z
    .object({ content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.any()) })) })
    .parse(answer).content
  const [media] = Object.values(content)
  const { schema, $defs } = JSON.parse(
    JSON.stringify({ schema: media?.schema, $defs: document.components.schemas }).replaceAll(
      '#/components/schemas/',
      '#/$defs/',
    ),
  )
  return z.fromJSONSchema({ ...schema, $defs })
}

async function world() {
  const directory = newDirectory()
  const subject = await open({ directory, removeData: async () => false })
  const call = { model: 'gpt-4', provider: 'openai', inputTokens: 3, outputTokens: 4 }
  await store.write(subject.project, [
    change(1, {
      status: 'success',
      endUs: START_US + 5,
      tags: ['a'],
      input: 'q',
      output: { a: 1 },
    }),
    change(2, { ...call, traceId: traceId(1), parentId: spanId(1), endUs: START_US + 4 }),
    change(3, {
      error: { type: 'x' },
      status: 'error',
      resource: { sdk: 's' },
      metadata: { m: 1 },
    }),
  ])
  return subject
}

type World = Awaited<ReturnType<typeof world>>

interface Asked {
  path: (world: World) => string
  body?: (world: World) => object
  status: number
}

const DURING = 'from=2026-01-01&to=2026-01-02'

/** One question for every operation, in an order in which they can be asked. */
const ASKED: Record<string, Asked> = {
  'post /v1/traces/ingest': {
    path: () => '/v1/traces/ingest',
    body: () => ({ traces: [{ id: id(9) }, { id: 'none' }, { name: 7 }] }),
    status: 202,
  },
  'post /v1/traces': {
    path: () => '/v1/traces',
    body: () => ({
      resourceSpans: [
        { scopeSpans: [{ spans: [{ traceId: traceId(7), spanId: spanId(7) }, {}] }] },
      ],
    }),
    status: 200,
  },
  'get /v1/traces': { path: () => '/v1/traces?limit=1', status: 200 },
  'get /v1/traces/{id}': { path: () => `/v1/traces/${traceId(1)}`, status: 200 },
  'get /v1/spans/{id}': { path: () => `/v1/spans/${id(1)}`, status: 200 },
  'get /v1/series': { path: () => `/v1/series?${DURING}&by=model`, status: 200 },
  'get /v1/sessions': { path: () => `/v1/sessions?${DURING}&limit=1`, status: 200 },
  'post /v1/scores': {
    path: () => '/v1/scores',
    body: () => ({ id: id(1), name: 'quality', value: 0.5, note: 'why' }),
    status: 200,
  },
  'get /v1/facets': { path: () => '/v1/facets', status: 200 },
  'delete /v1/traces/{id}': { path: () => `/v1/traces/${traceId(1)}`, status: 200 },
  'delete /v1/traces': { path: () => '/v1/traces?status=error', status: 200 },
  'post /v1/keys': {
    path: () => '/v1/keys',
    body: () => ({ name: 'other', scopes: ['ingest'], origins: ['https://a.example'] }),
    status: 201,
  },
  'get /v1/keys': { path: () => '/v1/keys', status: 200 },
  'get /v1/settings': { path: () => '/v1/settings', status: 200 },
  'patch /v1/settings': {
    path: () => '/v1/settings',
    body: () => ({ retention_days: 3 }),
    status: 200,
  },
  'get /v1/projects': { path: () => '/v1/projects', status: 200 },
  'post /v1/projects': { path: () => '/v1/projects', body: () => ({ name: 'new' }), status: 201 },
  'patch /v1/projects/{id}': {
    path: ({ project }) => `/v1/projects/${project}`,
    body: () => ({ name: 'renamed' }),
    status: 200,
  },
  'get /healthz': { path: () => '/healthz', status: 200 },
  'get /readyz': { path: () => '/readyz', status: 200 },
  'get /openapi.json': { path: () => '/openapi.json', status: 200 },
}

/** Answers that are no JSON, and are tried elsewhere. */
const OTHER = new Set([
  'get /v1/export.jsonl',
  'get /v1/live',
  'get /metrics',
  'delete /v1/keys/{id}',
  'delete /v1/projects/{id}',
])

describe('the OpenAPI document', () => {
  it('has every route of the app, and no other', async () => {
    const people = byPassword({ secret: undefined, directory: newDirectory(), addressOf: () => '' })
    const { app } = await open({ people, live: durableLive(env.PROJECT) })
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL' && method !== 'OPTIONS')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    expect(
      Object.entries(document.paths)
        .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
        .toSorted(),
    ).toEqual([...new Set(routes)].toSorted())
  })

  it('has a name of its own for every operation', () => {
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation.operationId),
    )
    expect(new Set(names).size).toBe(names.length)
  })

  it('has all its operations asked here, or elsewhere', () => {
    const all = operations.map(({ method, path }) => `${method} ${path}`)
    expect([...Object.keys(ASKED), ...OTHER].toSorted()).toEqual(all.toSorted())
  })

  it('says what answers look like, to the last field', async () => {
    const subject = await world()
    for (const [operation, { path, body, status }] of Object.entries(ASKED)) {
      const [method = '', route = ''] = operation.split(' ')
      const answer = await subject.ask(method.toUpperCase(), path(subject), body?.(subject))
      expect({ operation, status: answer.status }).toEqual({ operation, status })
      const read = shape(route, method, status).safeParse(answer.body)
      expect({ operation, problems: read.error?.issues ?? [] }).toEqual({ operation, problems: [] })
    }
  })

  it.each([
    ['get', '/v1/traces', '/v1/traces?q=x:y', 400],
    ['get', '/v1/traces/{id}', '/v1/traces/nope', 404],
    ['get', '/v1/series', '/v1/series?step=x', 400],
    ['delete', '/v1/traces', '/v1/traces', 400],
    ['post', '/v1/keys', '/v1/keys', 400],
    ['delete', '/v1/keys/{id}', '/v1/keys/nope', 404],
    ['post', '/v1/traces/ingest', '/v1/traces/ingest', 400],
  ])('says what refusals look like: %s %s', async (method, route, path, status) => {
    const { ask } = await open()
    const answer = await ask(method.toUpperCase(), path, method === 'post' ? {} : undefined)
    expect(answer.status).toBe(status)
    expect(shape(route, method, status).safeParse(answer.body).error).toBeUndefined()
  })
})
