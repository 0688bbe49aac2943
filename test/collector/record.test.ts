import { describe, expect, it } from 'vitest'
import { id, row, spanId, spanOf, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

describe('a record of another client', () => {
  it('gives model, provider and tokens by the documented keys, which stay in the metadata', async () => {
    const { send, project } = await open()
    const metadata = {
      model: 'gpt-4',
      provider: 'openai',
      input_tokens: 150,
      output_tokens: 42,
      total_tokens: 192,
    }
    await send({ traces: [{ id: id(1), started_at: '2026-01-01T00:00:00.000001Z', metadata }] })
    expect(await store.trace(project, traceId(1))).toEqual([
      row(1, {
        name: 'gpt-4',
        kind: 'generation',
        model: 'gpt-4',
        provider: 'openai',
        inputTokens: 150,
        outputTokens: 42,
        costNano: 7_020_000,
        metadata,
      }),
    ])
  })

  it.each([-1, 1.5, 1e10, '150', null, true])(
    'has no count of tokens that is %j',
    async (count) => {
      const { send, project } = await open()
      await send({ traces: [{ id: id(1), metadata: { input_tokens: count } }] })
      expect(await spanOf(store, project, id(1))).toMatchObject({
        inputTokens: null,
        metadata: { input_tokens: count },
      })
    },
  )

  it.each(['', 'm'.repeat(201), 7, null])('has no model that is %j', async (model) => {
    const { send, project } = await open()
    await send({ traces: [{ id: id(1), metadata: { model } }] })
    expect(await spanOf(store, project, id(1))).toMatchObject({ model: null, metadata: { model } })
    expect(await store.facets(project, { fields: ['model'] })).toEqual({ model: [] })
  })

  it('is at home with its parent, whichever comes first and however it is named', async () => {
    const { send, project } = await open()
    const uuid = '11111111-1111-4111-8111-111111111111'
    await send({
      traces: [
        { id: id(3), parent_id: spanId(2) },
        { id: id(2), metadata: { parent_id: uuid.toUpperCase() } },
      ],
    })
    await send({ traces: [{ id: uuid, name: 'root' }] })
    const spans = await store.trace(project, uuid.replaceAll('-', ''))
    expect(spans.map((span) => [span.id, span.parentId, span.kind]).sort()).toEqual([
      [id(2), '8111111111111111', 'task'],
      [id(3), spanId(2), 'task'],
      [uuid, null, 'workflow'],
    ])
  })
})

describe('a record of our SDK', () => {
  const CALL = {
    operation: 'chat',
    provider: 'openai',
    format: 'openai.chat',
    server: { address: 'api.openai.com', port: 443 },
    via: { gateway: 'cloudflare', upstream: 'openai', cache: 'hit', logId: 'l', step: 1 },
    client: { sdk: 'openai', version: '7' },
    time: {
      startMs: 0.5,
      headersMs: 1,
      firstChunkMs: 2.5,
      firstTextMs: 3,
      longestStallMs: 0.7,
      endMs: 4,
    },
    http: {
      method: 'POST',
      url: 'https://api.openai.com/v1/chat/completions',
      status: 200,
      requestId: 'r',
      attempt: 0,
      retryAfterMs: 5,
      rateLimit: {
        requests: { limit: 50, remaining: 49, resetMs: 12.5 },
        tokens: { remaining: 0 },
        inputTokens: { limit: 1 },
        outputTokens: {},
      },
    },
    request: {
      model: 'gpt-4',
      stream: true,
      params: {
        maxTokens: 5,
        temperature: 0,
        stop: ['x'],
        outputType: 'json',
        dimensions: 512,
        encodingFormat: 'base64',
      },
      inputCount: 2,
    },
    response: {
      id: 'c',
      model: 'gpt-4-0613',
      serviceTier: 't',
      fingerprint: 'f',
      choices: [{ index: 0, finishReason: 'stop', finishReasonRaw: 'stop' }],
      outputCount: 2,
      dimensions: 1536,
    },
    usage: {
      source: 'provider',
      final: true,
      input: 1,
      output: 2,
      total: 3,
      cacheRead: null,
      cacheWrite: null,
      cacheWrite1h: null,
      reasoning: 0,
      textInput: 1,
      imageInput: 2,
      audioInput: 3,
      textOutput: 4,
      imageOutput: 5,
      audioOutput: 0,
      seconds: 1.5,
      searchUnits: 2,
      pages: 3,
      raw: { prompt_tokens: 1 },
    },
    ended: 'complete',
    attempts: [
      {
        startMs: 0,
        headersMs: 0.1,
        endMs: 0.2,
        ended: 'error',
        status: 429,
        requestId: 'r0',
        retryAfterMs: 1,
        error: { type: 'requests', message: 'm', code: 'c', status: 429, phase: 'http' },
      },
      { startMs: 0.3, endMs: 0.4, ended: 'cancelled' },
    ],
    stream: { events: 3, bytes: 4, undecodable: 0 },
    capture: { truncated: false, unseen: 'why' },
  }
  const ERROR = {
    type: 'rate_limit',
    message: 'm',
    code: 'c',
    status: 429,
    phase: 'http',
    stack: 's',
    cause: { type: 'inner' },
  }
  const CARROT = {
    v: 1,
    trace_id: traceId(9),
    parent_id: spanId(8),
    kind: 'tool',
    seq: 1,
    start_ms: 1_767_225_600_000.125,
    end_ms: 1_767_225_600_001.0625,
    user_id: 'u',
    session_id: 's',
    resource: { environment: 'prod', service: 'bot', release: 7, sdk: 'carrot-trace/0.1.0' },
    error: ERROR,
    call: CALL,
  }

  it('says by metadata.carrot where it stands, exactly, and that key is not shown', async () => {
    const { send, project } = await open()
    const record = {
      id: id(1),
      name: 'step',
      started_at: '2026-01-01T00:00:00.000Z',
      ended_at: '2026-01-01T00:00:00.001Z',
      metadata: { mine: 1, carrot: CARROT },
    }
    await send({ traces: [record] })
    expect(await store.trace(project, traceId(9))).toEqual([
      row(1, {
        costNano: 0, // a gateway answered by itself
        traceId: traceId(9),
        parentId: spanId(8),
        name: 'step',
        kind: 'tool',
        startUs: 1_767_225_600_000_125,
        endUs: 1_767_225_600_001_063,
        model: 'gpt-4-0613',
        provider: 'openai',
        userId: 'u',
        sessionId: 's',
        environment: 'prod',
        resource: { environment: 'prod', service: 'bot', sdk: 'carrot-trace/0.1.0' },
        error: JSON.parse(JSON.stringify(ERROR)),
        call: JSON.parse(JSON.stringify(CALL)),
        metadata: { mine: 1 },
      }),
    ])
  })

  it('is the same whether its start or its end arrives first', async () => {
    const { send, project } = await open()
    const { end_ms: _, ...begun } = { ...CARROT, seq: 0 }
    await send({
      traces: [{ id: id(1), output: 'r', status: 'success', metadata: { carrot: CARROT } }],
    })
    await send({
      traces: [{ id: id(1), input: 'q', status: 'running', metadata: { carrot: begun } }],
    })
    expect(await spanOf(store, project, id(1))).toMatchObject({
      status: 'success',
      input: 'q',
      output: 'r',
      endUs: 1_767_225_600_001_063,
    })
  })

  it.each([
    null,
    7,
    [],
    {
      time: 'x',
      http: { rateLimit: { requests: 7, tokens: { limit: 'x' }, other: {} } },
      via: { gateway: 7, cache: 'dance', step: 'x' },
      usage: [],
      attempts: [null, 7, { error: [], usage: 'x', ended: 'dance' }],
      response: { choices: [7, null] },
      request: { params: { stop: [1, 'x'] } },
      ended: 'dance',
    },
  ])('may have a call of any shape: %j', async (call) => {
    const { send, project } = await open()
    await send({ traces: [{ id: id(1), metadata: { carrot: { ...CARROT, call, error: call } } }] })
    expect((await spanOf(store, project, id(1)))?.kind).toBe('tool')
  })
})
