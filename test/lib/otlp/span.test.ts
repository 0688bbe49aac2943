import type { SpanRecord } from 'carrot-trace'
import { langfuseProfile, older, openinference, type Profile } from 'carrot-trace/otlp'
import { describe, expect, it } from 'vitest'
import { nanoseconds } from '../../../src/lib/otlp/span.ts'
import { sample, stepOf } from './sample.ts'
import { sent, spanOf, spansOf, told } from './sent.ts'

describe('a span', () => {
  it('is the record under its own ids, with its times and its outcome', async () => {
    const { attributes: _many, events, ...span } = await spanOf(sample)
    expect(span).toEqual({
      traceId: '01890a5dac96774bbcceb302099a8057',
      spanId: 'bcceb302099a8057',
      parentSpanId: 'aaaaaaaaaaaaaaaa',
      flags: 1,
      name: 'chat gpt-4o',
      kind: 3,
      startTimeUnixNano: '1700000000000123000',
      endTimeUnixNano: '1700000001000457000',
      status: { code: 2, message: 'It broke.' },
    })
    expect(events.map(({ attributes, ...event }) => ({ ...event, ...told(attributes) }))).toEqual([
      {
        name: 'carrot.attempt',
        timeUnixNano: '1700000000120123000',
        'carrot.attempt.start_ms': 0,
        'carrot.attempt.headers_ms': 100,
        'carrot.attempt.end_ms': 120,
        'carrot.attempt.ended': 'error',
        'http.response.status_code': 429,
        'carrot.http.request_id': 'req_0',
        'carrot.http.retry_after_ms': 300,
        'error.type': 'rate_limit_exceeded',
        'exception.message': 'Slow down.',
        'carrot.error.code': 'E0',
        'carrot.error.phase': 'http',
        'carrot.attempt.usage': JSON.stringify(sample.call.usage),
      },
      {
        name: 'exception',
        timeUnixNano: '1700000001000457000',
        'exception.type': 'server_error',
        'exception.message': 'It broke.',
        'exception.stacktrace': 'Error: It broke.\n    at here\nCaused by: TypeError: no',
      },
    ])
  })

  it('is of a step without an error neither a client’s nor said to be well', async () => {
    const { kind, status, name, events } = await spanOf(stepOf('task'))
    expect({ kind, status, name, events }).toEqual({
      kind: 1,
      status: { code: 0 },
      name: 'look',
      events: [],
    })
  })

  it.each([
    ['tool', 'execute_tool look'],
    ['agent', 'invoke_agent look'],
    ['retriever', 'look'],
    ['workflow', 'look'],
  ] as const)('has of a %s the name that the conventions give it', async (kind, name) => {
    expect(await spanOf(stepOf(kind))).toMatchObject({ name })
  })

  it('does not say what is unknown: no count is 0, no list empty', async () => {
    const usage = { ...sample.call.usage, input: null, cacheRead: null, reasoning: 0 }
    const record: SpanRecord = { ...sample, tags: [], call: { ...sample.call, usage } }
    const names = told((await spanOf(record)).attributes)
    expect(names).not.toHaveProperty(['gen_ai.usage.input_tokens'])
    expect(names).not.toHaveProperty(['gen_ai.usage.cache_read.input_tokens'])
    expect(names).not.toHaveProperty(['carrot.tags'])
    expect(names['gen_ai.usage.reasoning.output_tokens']).toBe(0)
  })

  it('has no half of a character in it, which no receiver could read', async () => {
    const error = { type: 'cut', message: 'no \ud83d' }
    const record = stepOf('task', {
      name: 'cut \ud83d',
      userId: '\ude00',
      tags: ['\ud83d'],
      error,
      status: 'error',
    })
    const { name, status, attributes } = await spanOf(record)
    expect([name, status.message, told(attributes)]).toEqual([
      'cut \ufffd',
      'no \ufffd',
      expect.objectContaining({ 'user.id': '\ufffd', 'carrot.tags': ['\ufffd'] }),
    ])
  })

  it('says milliseconds as doubles, whole or not, for a receiver keeps one type a name', async () => {
    const { attributes } = await spanOf(sample)
    const times = attributes
      .filter(({ key }) => key.endsWith('_ms'))
      .map(({ value }) => Object.keys(value)[0])
    expect([times.length, new Set(times)]).toEqual([9, new Set(['doubleValue'])])
  })

  it('tells of a first chunk in a stream alone, in seconds', async () => {
    const { stream: _none, ...whole } = sample.call
    const first = async (record: SpanRecord) =>
      told((await spanOf(record)).attributes)['gen_ai.response.time_to_first_chunk']
    expect([await first(sample), await first({ ...sample, call: whole })]).toEqual([
      0.65,
      undefined,
    ])
  })

  it.each([
    ['https://api.openai.com/v1/x', 443],
    ['http://localhost/v1/x', 80],
  ])('has the port that %s leaves out', async (url, port) => {
    const { port: _none, ...server } = sample.call.server
    const call = { ...sample.call, server, http: { ...sample.call.http, url } }
    expect(told((await spanOf({ ...sample, call })).attributes)['server.port']).toBe(port)
  })

  it('keeps the names of OpenAI for OpenAI', async () => {
    const tiers = (record: SpanRecord) =>
      spanOf(record).then(({ attributes }) =>
        Object.keys(told(attributes)).filter((name) => /tier|api\.type/.test(name)),
      )
    const anthropic = { ...sample, call: { ...sample.call, format: 'anthropic.messages' } }
    expect([await tiers(sample), await tiers(anthropic)]).toEqual([
      ['openai.request.service_tier', 'openai.response.service_tier', 'openai.api.type'],
      ['carrot.request.service_tier', 'carrot.response.service_tier'],
    ])
  })

  it('ends no earlier than it began, and with its beginning where nobody saw the end', async () => {
    const { endUnixMs: _none, ...open } = sample
    const end = async (record: SpanRecord) => (await spanOf(record)).endTimeUnixNano
    expect([
      await end(open),
      await end({ ...sample, endUnixMs: Infinity }),
      await end({ ...sample, endUnixMs: 5 }),
      await end({ ...sample, endUnixMs: Number.NaN }),
    ]).toEqual(Array(4).fill('1700000000000123000'))
  })
})

describe('nanoseconds', () => {
  it.each([
    [0, '0'],
    [1_700_000_000_000, '1700000000000000000'],
    [1_700_000_000_000.001, '1700000000000001000'],
    [1_795_614_677_614.999, '1795614677614999000'],
    [-1, '0'],
    [Number.NaN, '0'],
    [Number.POSITIVE_INFINITY, '0'],
    [1e300, '18446744073709000000'],
  ])('says %d ms to the microsecond, in 64 bits', (ms, text) => {
    expect(nanoseconds(ms)).toBe(text)
  })
})

describe('a request', () => {
  it('groups spans by who reports them', async () => {
    const other = { ...sample, resource: { sdk: 'carrot-trace/0.1.0' } }
    const { resourceSpans } = await sent([sample, other, sample], {
      resource: { 'host.name': 'h', 'service.version': '9' },
    })
    expect(
      resourceSpans.map(({ resource, scopeSpans }) => [
        told(resource.attributes),
        scopeSpans.map(({ scope, spans }) => ({ scope, spans: spans.length })),
      ]),
    ).toEqual([
      [
        {
          'service.name': 'shop',
          'deployment.environment.name': 'production',
          'service.version': '9',
          'host.name': 'h',
        },
        [{ scope: { name: 'carrot-trace', version: '0.1.0' }, spans: 2 }],
      ],
      [
        { 'service.name': 'unknown_service', 'host.name': 'h', 'service.version': '9' },
        [{ scope: { name: 'carrot-trace', version: '0.1.0' }, spans: 1 }],
      ],
    ])
  })

  it('leaves out what still runs', async () => {
    const spans = spansOf(await sent([{ ...sample, status: 'running' }, stepOf('task')]))
    expect(spans.map(({ name }) => name)).toEqual(['look'])
  })
})

const PROFILES: [Profile, object][] = [
  [
    older,
    {
      'gen_ai.system': 'openai',
      'gen_ai.provider.name': 'openai',
      'gen_ai.usage.cache_creation.input_tokens': 20,
    },
  ],
  [
    openinference,
    {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o-2024-11-20',
      'llm.provider': 'openai',
      'llm.system': 'openai',
      'llm.token_count.prompt': 150,
      'llm.token_count.prompt_details.cache_write': 20,
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'In English.',
      'llm.input_messages.3.message.tool_calls.0.tool_call.function.arguments': '{"q":1}',
      'llm.input_messages.4.message.content': 'a cat',
      'llm.output_messages.0.message.content': 'Hello',
      'input.value': JSON.stringify(sample.input),
      'input.mime_type': 'application/json',
      'tag.tags': ['production'],
      metadata: JSON.stringify(sample.metadata),
      'session.id': 's_77f1',
      'user.id': 'u_1042',
    },
  ],
  [
    langfuseProfile,
    {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.completion_start_time': '2023-11-14T22:13:20.650Z',
      'langfuse.observation.metadata.team': 'support',
      'langfuse.trace.tags': ['production'],
      'langfuse.user.id': 'u_1042',
      'langfuse.session.id': 's_77f1',
      'gen_ai.usage.cache_creation.input_tokens': 20,
    },
  ],
]

describe('a profile', () => {
  it.each(PROFILES)('says what its receiver reads: $name', async (profile, expected) => {
    expect(told((await spanOf(sample, { profile })).attributes)).toMatchObject(expected)
  })

  it.each(PROFILES)('says nothing twice by the name that it replaces: $name', async (profile) => {
    const names = Object.keys(told((await spanOf(sample, { profile })).attributes))
    const replaced = Object.entries(profile.names).filter(
      ([name, told]) => ![told].flat().includes(name),
    )
    expect(replaced.map(([name]) => name).filter((name) => names.includes(name))).toEqual([])
  })

  it('of one’s own renames, leaves out and adds', async () => {
    const own: Profile = {
      name: 'own',
      names: { 'user.id': ['enduser.id', 'uid'], 'session.id': [] },
      more: ({ name }) => ({ 'my.name': name, 'my.nothing': undefined }),
    }
    const names = told((await spanOf(stepOf('task'), { profile: own })).attributes)
    expect(names).toMatchObject({ 'enduser.id': 'u_1042', uid: 'u_1042', 'my.name': 'look' })
    for (const absent of ['user.id', 'session.id', 'my.nothing'])
      expect(names).not.toHaveProperty([absent])
  })
})
