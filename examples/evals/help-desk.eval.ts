import { createTracer } from 'carrot-trace'
import { matchers, memory, record, replay, type TraceMatchers } from 'carrot-trace/testing'
import { describe, expect, it } from 'vitest'
import { helpDesk } from './help-desk.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends TraceMatchers<R> {}
}
expect.extend(matchers)

/** With `RECORD=1` the models are asked, and the cassette is written anew. */
const isRecording = process.env.RECORD === '1'

const QUESTIONS = [
  { question: 'How do I reset my password?', mentions: /Reset Password/, cassette: 'password' },
  { question: 'When do I get my refund?', mentions: /working days/, cassette: 'refund' },
]

describe('the help desk', () => {
  it.each(QUESTIONS)('answers "$question"', async ({ question, mentions, cassette }) => {
    const tape = new URL(`cassettes/${cassette}.json`, import.meta.url)
    const recorded = memory()
    const tracer = createTracer({ exporters: [recorded] })
    const answer = helpDesk(tracer, isRecording ? record(fetch, tape) : replay(tape))

    expect(await answer(question)).toMatch(mentions)
    expect(recorded).toHaveTree(['answer', ['chat gpt-4o']])
    expect(recorded).toHaveUsedTokens({ atMost: 200 })
    expect(recorded).toHaveEndedAs('complete')
  })
})
