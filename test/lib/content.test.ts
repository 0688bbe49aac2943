import {
  createTracer,
  memory,
  type ContentLevel,
  type Redaction,
  type SpanRecord,
  type TracerOptions,
} from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { replay } from '../support/replay.ts'
import { pairs } from './formats/pairs.ts'

const reply = {
  model: 'gpt-4o-1',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: 'Dear Ann',
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'send', arguments: '{"to":"Ann"}' } },
        ],
      },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 5, completion_tokens: 7 },
}

function recording(options: TracerOptions = {}) {
  const exporter = memory()
  const told: string[] = []
  const tracer = createTracer({
    exporters: [exporter],
    fetch: async () => Response.json(reply),
    onError: ({ code }) => told.push(code),
    ...options,
  })
  const body = JSON.stringify({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'Write to Ann' }],
  })
  const call = async (fetch = tracer.fetch) => {
    await (
      await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })
    ).json()
  }
  return { tracer, told, call, records: exporter.records }
}

const shown = (record: SpanRecord | undefined) => ({
  input: record?.input,
  output: record?.output,
  parts: record?.call?.response.choices.flatMap(({ message }) => message.parts),
})

const LEVELS: [level: ContentLevel, shown: object][] = [
  [
    'metadata',
    {
      input: { model: 'gpt-4o', messages: [{ role: 'user', content: '[12 characters]' }] },
      output: {
        role: 'assistant',
        content: '[8 characters]',
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'send', arguments: '[12 characters]' } },
        ],
      },
      parts: [
        { type: 'text', content: '[8 characters]' },
        { type: 'tool_call', id: 'c1', name: 'send', arguments: { to: '[3 characters]' } },
      ],
    },
  ],
  ['off', { input: undefined, output: undefined, parts: [] }],
]

describe('capture.content', () => {
  it.each(LEVELS)('%s leaves of a call what it was and cost', async (content, expected) => {
    const { call, records } = recording({ capture: { content } })
    await call()
    expect(shown(records[0])).toEqual(expected)
    expect(records[0]).toMatchObject({
      name: 'chat gpt-4o',
      status: 'success',
      call: { usage: { input: 5, output: 7 }, response: { model: 'gpt-4o-1' } },
    })
  })

  const SAID: [where: string, run: (all: ReturnType<typeof recording>) => Promise<void>][] = [
    ['of a client', ({ tracer, call }) => call(tracer.wrap(tracer.fetch, { content: 'off' }))],
    [
      'of a span',
      ({ tracer, call }) =>
        tracer.span('s', { content: 'off', input: 'Ann' }, (s) => call(s.fetch)),
    ],
    [
      'around',
      ({ tracer, call }) =>
        tracer.withAttributes({ content: 'off' }, (s) =>
          s.span('s', { content: 'full' }, () => call()),
        ),
    ],
    [
      'of a function',
      ({ tracer, call }) => tracer.trace({ content: 'off' }, async (_to: string) => call())('Ann'),
    ],
  ]
  it.each(SAID)('can be said %s: the least counts', async (_where, run) => {
    const all = recording({ capture: { content: 'metadata' } })
    await run(all)
    expect(JSON.stringify(all.records)).not.toContain('Ann')
    expect(all.records.map(shown)).toEqual(
      all.records.map(({ call }) => ({ input: undefined, output: undefined, parts: call && [] })),
    )
  })

  it.each(['metadata', 'off'] as const)(
    '%s leaves of an error what kind it is',
    async (content) => {
      const { tracer, records } = recording({ capture: { content } })
      const error = new TypeError('No Ann', { cause: new Error('Ann left') })
      expect(() =>
        tracer.span('s', () => {
          throw error
        }),
      ).toThrow(error)
      expect(records[0]?.error).toEqual({ type: 'TypeError', cause: { type: 'Error' } })
    },
  )

  it.each(pairs)('off keeps nothing of what is said: $name', async (pair) => {
    const body = new TextEncoder().encode(JSON.stringify(pair.whole))
    const sent = { url: pair.url, request: pair.request, reply: body, type: 'application/json' }
    const full = await replay(sent)
    const off = await replay({ ...sent, content: 'off' })
    const metadata = await replay({ ...sent, content: 'metadata' })
    const texts = textsIn([full.record.input, full.record.output])
    for (const { record } of [off, metadata]) {
      const { call, input, output, error } = record
      const kept = new Set(textsIn([input, output, call?.response ?? null, error]))
      expect(texts.filter((text) => text.length > 12 && kept.has(text))).toEqual([])
    }
    expect(off.record.call?.usage).toEqual(full.record.call?.usage)
  })

  it('is held to what there is', () => {
    const content = 'none' as ContentLevel
    expect(() => recording({ capture: { content } })).toThrow(
      'The option "capture.content" has to be one of full, metadata, off; found string.',
    )
  })
})

/** All of them but names, which stay. */
function textsIn(value: unknown, name = ''): string[] {
  const isName = /^(?:role|type|model|name|object|status|\w*reason|kind|id|\w*[iI]d|\w*Raw)$/.test(
    name,
  )
  if (typeof value === 'string') return isName ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, isList ? name : key))
}

const given = {
  input: { to: 'ann@example.com', notes: [{ text: 'call ann@example.com', ssn: '078-05-1120' }] },
  metadata: { email: 'ann@example.com', plan: 'free' },
}
const RULES: [what: string, redact: Redaction | Redaction[], recorded: object][] = [
  [
    'a pattern, in every text',
    /\w+@\w+\.com/,
    {
      input: { to: '[redacted]', notes: [{ text: 'call [redacted]', ssn: '078-05-1120' }] },
      output: 'to [redacted]',
      metadata: { email: '[redacted]', plan: 'free' },
    },
  ],
  [
    'paths',
    ['input.**.ssn', 'input.notes.*.text', 'metadata.email', 'output'],
    {
      input: { to: 'ann@example.com', notes: [{ text: '[redacted]', ssn: '[redacted]' }] },
      output: '[redacted]',
      metadata: { email: '[redacted]', plan: 'free' },
    },
  ],
  [
    'a function, which gives what is recorded',
    ({ name, metadata }) => ({ name: name.toUpperCase(), metadata, output: 'hidden' }),
    { name: 'STEP', output: 'hidden', metadata: given.metadata },
  ],
  [
    'several, one after the other',
    [({ input }) => ({ input }), /ann/g, 'input.notes'],
    { input: { to: '[redacted]@example.com', notes: '[redacted]' }, metadata: {} },
  ],
]

describe('redact', () => {
  it.each(RULES)('takes %s', (_what, redact, recorded) => {
    const { tracer, records } = recording({ redact })
    tracer.span('step', given, () => 'to ann@example.com')
    const [{ name, input, output, metadata } = {}] = records
    expect({ name, input, output, metadata }).toEqual({ name: 'step', ...recorded })
  })

  it('goes over calls and errors as well', async () => {
    const { tracer, records, call } = recording({ redact: [/Ann/] })
    await call()
    expect(() =>
      tracer.span('s', () => {
        throw new Error('No Ann')
      }),
    ).toThrow('No Ann')
    expect(JSON.stringify(records)).not.toContain('Ann')
    expect(records[0]?.output).toMatchObject({ content: 'Dear [redacted]' })
    expect(records[1]?.error).toMatchObject({ type: 'Error', message: 'No [redacted]' })
  })

  it('drops what was said where a rule fails, keeps the record, and says so', async () => {
    const { records, call, told } = recording({
      redact: () => {
        throw new Error('Ann')
      },
    })
    await call()
    expect(shown(records[0])).toEqual({ input: undefined, output: undefined, parts: [] })
    expect(records[0]).toMatchObject({ status: 'success', call: { usage: { output: 7 } } })
    expect(told).toEqual(['redaction_failed'])
  })

  it('comes before what is sent of a step that still runs', async () => {
    const sent: (readonly SpanRecord[])[] = []
    const { tracer } = recording({
      redact: /Ann/,
      exporters: [{ export: (records) => (sent.push(records), { rejected: [] }) }],
    })
    tracer.startSpan('step', { input: 'for Ann' })
    await tracer.flush()
    expect(sent.flat().map(({ status, input }) => [status, input])).toEqual([
      ['running', 'for [redacted]'],
    ])
  })

  it.each([[7], [['a', 7]], [[[/a/]]]])('is refused where it is no rule: %j', (redact) => {
    expect(() => recording({ redact: redact as unknown as Redaction })).toThrow(
      'The option "redact" has to be a pattern, a path, a function, or an array of these',
    )
  })
})
