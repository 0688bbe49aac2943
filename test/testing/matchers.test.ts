import { createTracer, type SpanRecord } from 'carrot-trace'
import { fault, matchers, memory, type Fetch, type TraceMatchers } from 'carrot-trace/testing'
import { describe, expect, it } from 'vitest'
import { run } from '../exit/run.ts'
import { answering, ask, CHAT, failureOf, post } from './support.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends TraceMatchers<R> {}
}

expect.extend(matchers)

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
const message = { role: 'assistant', content: 'In three days.' }
const choices = [{ index: 0, message, finish_reason: 'stop' }]
const headers = { 'content-type': 'application/json' }
const answer = answering([JSON.stringify({ model: 'gpt-4o-2024-11-20', choices, usage })], {
  headers,
})
const silent = answering([JSON.stringify({ model: 'gpt-4o-2024-11-20', choices })], { headers })

/** A pipeline of two steps and a call, answered so. */
async function traced(fetch: Fetch): Promise<readonly SpanRecord[]> {
  const recorded = memory()
  const tracer = createTracer({ exporters: [recorded], fetch })
  await tracer.span('answer', { input: 'A refund?', tags: ['production'] }, async (s) => {
    s.span('search', { kind: 'retriever' }, () => ['an article'])
    const call = async () => (await s.fetch(CHAT, post(ask('A refund?')))).text()
    await call().catch(() => {})
  })
  return recorded.records
}

/** What the failed expectation says. */
async function complaint(expectation: () => unknown): Promise<string> {
  const error = await failureOf(Promise.resolve().then(expectation))
  return error instanceof Error ? error.message : 'it holds'
}

const TREE = `answer
├── search
└── chat gpt-4o  openai  complete  10 in / 5 out`

describe('matchers', () => {
  it('hold for what was recorded, of an exporter and of records', async () => {
    const records = await traced(answer)
    for (const received of [records, { records }]) {
      expect(received).toHaveCall()
      expect(received).toHaveCall({ model: 'gpt-4o', provider: 'openai', ended: 'complete' })
      expect(received).toHaveCall({
        model: /^gpt-4o-2024/,
        operation: 'chat',
        status: 'success',
        input: { messages: [{ content: expect.stringContaining('refund') }] },
        output: { content: /three days/ },
        usage: { input: 10 },
        http: { method: 'POST', status: 200 },
      })
      expect(received).not.toHaveCall({ model: 'gpt-5' })
      expect(received).toHaveSpan('search', { kind: 'retriever', output: ['an article'] })
      expect(received).toHaveSpan('answer', { tags: ['production'] })
      expect(received).not.toHaveSpan('rerank')
      expect(received).toHaveUsedTokens({ atMost: 15, atLeast: 15 })
      expect(received).toHaveUsedTokens({ atMost: 5, of: 'output' })
      expect(received).not.toHaveUsedTokens({ atMost: 14 })
      expect(received).toHaveEndedAs('complete')
      expect(received).not.toHaveEndedAs('cancelled')
      expect(received).toHaveTree(['answer', ['search', 'chat gpt-4o']])
      expect(received).not.toHaveTree(['answer', 'search', 'chat gpt-4o'])
      expect(received).not.toHaveTree(['answer', ['chat gpt-4o', 'search']])
    }
  })

  it('say what is missing of the nearest call, and show the tree that was recorded', async () => {
    const records = await traced(answer)
    const pattern = { model: 'gpt-5', provider: 'openai', output: { content: /four days/ } }
    expect(await complaint(() => expect(records).toHaveCall(pattern))).toBe(
      `expected a call {"model":"gpt-5","provider":"openai","output":{"content":"/four days/"}}; the nearest is chat gpt-4o
  model: expected "gpt-5", found "gpt-4o"
  output.content: expected /four days/, found "In three days."

Recorded:

${TREE}`,
    )
  })

  const wrong: [
    what: string,
    expectation: (records: readonly SpanRecord[]) => unknown,
    says: string,
  ][] = [
    ['no such step', (records) => expect(records).toHaveSpan('rerank'), 'expected a step "rerank"'],
    [
      'a step that differs',
      (records) => expect(records).toHaveSpan('search', { kind: 'tool' }),
      'expected a step "search" {"kind":"tool"}; the nearest is search\n  kind: expected "tool", found "retriever"',
    ],
    [
      'a call that is not to be there',
      (records) => expect(records).not.toHaveCall({ model: 'gpt-4o' }),
      'expected not a call {"model":"gpt-4o"}',
    ],
    [
      'too many tokens',
      (records) => expect(records).toHaveUsedTokens({ atLeast: 1, atMost: 14 }),
      'expected the calls to have used at least 1 and at most 14 tokens, and they used 15',
    ],
    [
      'another end',
      (records) => expect(records).toHaveEndedAs('cancelled'),
      'expected the calls to have ended as cancelled, and they ended as complete',
    ],
    [
      'another tree',
      (records) => expect(records).toHaveTree(['answer', ['search', ['rerank'], 'chat gpt-4o']]),
      'expected the tree to be\n\nanswer\n├── search\n│   └── rerank\n└── chat gpt-4o',
    ],
  ]
  it.each(wrong)('say what is wrong: %s', async (_, expectation, says) => {
    const records = await traced(answer)
    expect(await complaint(() => expectation(records))).toBe(`${says}\n\nRecorded:\n\n${TREE}`)
  })

  it('take tokens that are not known for unknown, whichever way they are asked', async () => {
    const records = await traced(silent)
    const unknown =
      'expected to know the tokens used: not known for chat gpt-4o  openai  complete  ? in / ? out'
    for (const expectation of [
      () => expect(records).toHaveUsedTokens({ atMost: 1_000 }),
      () => expect(records).not.toHaveUsedTokens({ atLeast: 1_000 }),
    ]) {
      expect(await complaint(expectation)).toContain(unknown)
    }
    const none = memory()
    for (const expectation of [
      () => expect(none).toHaveUsedTokens({ atMost: 1_000 }),
      () => expect(none).not.toHaveUsedTokens({ atLeast: 1_000 }),
      () => expect(none).toHaveEndedAs('complete'),
      () => expect(none).not.toHaveEndedAs('complete'),
    ]) {
      expect(await complaint(expectation)).toMatch(/(?:no call|none) was recorded/)
    }
  })

  it('count what attempts used: a refused one nothing, one that was cut off nobody knows', async () => {
    const refused = await traced(fault({ status: 429 }, answer))
    expect(refused).toHaveUsedTokens({ atMost: 0 })
    expect(refused).toHaveEndedAs('error')
    const cut = await traced(fault({ cut: { afterBytes: 20 } }, answer))
    expect(await complaint(() => expect(cut).toHaveUsedTokens({ atMost: 0 }))).toContain(
      'not known',
    )
  })

  it('hold, and do not, in Bun as well', async () => {
    const { printed, by } = await run(['bun', 'test'], ['../testing/in-bun.mjs'], { NO_COLOR: '1' })
    expect(printed).toContain('expected a step "rerank"\n\nRecorded:\n\nanswer\n└── search')
    expect(printed).toMatch(/ 1 pass\n 1 fail\n/)
    expect(by).toBe(1)
  })

  it('refuse what is no trace', async () => {
    for (const expectation of [
      () => expect('text').toHaveCall(),
      () => expect('text').not.toHaveCall(),
      () => expect([{ name: 'a record of something else' }]).toHaveEndedAs('complete'),
    ]) {
      expect(await complaint(expectation)).toMatch(/Matchers for traces take memory\(\) or records/)
    }
  })
})
