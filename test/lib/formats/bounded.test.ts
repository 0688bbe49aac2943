import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'

const url = 'https://api.openai.com/v1/chat/completions'
const request = { model: 'm', messages: [], stream: true }

const streamOf = (events: readonly object[]) =>
  new TextEncoder().encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
const choice = (index: number, delta: object) => ({ choices: [{ index, delta }] })
const called = (index: number, name = 'f') =>
  choice(0, { tool_calls: [{ index, id: name, function: { name, arguments: '{}' } }] })

async function kept(events: readonly object[], address = url, asked: object = request) {
  const reply = streamOf(events)
  const { record } = await replay({
    url: address,
    request: asked,
    reply,
    type: 'text/event-stream',
    maxBytes: 1_000,
  })
  const { choices = [] } = record.call?.response ?? {}
  return {
    choices: choices.length,
    parts: choices.reduce((all, { message }) => all + message.parts.length, 0),
    characters: JSON.stringify(choices).length,
    truncated: record.call?.capture.truncated,
  }
}

const many = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('what is kept of a stream that goes on for ever', () => {
  it('is so many tool calls and no more, and the record says so', async () => {
    expect(await kept(many(5_000).map((index) => called(index)))).toMatchObject({
      parts: 4_096,
      truncated: true,
    })
  })

  it('is so many choices and no more, and the record says so', async () => {
    expect(await kept(many(2_100).map((index) => choice(index, { role: 'a' })))).toMatchObject({
      choices: 2_048,
      truncated: true,
    })
  })

  it('is the beginning of a name', async () => {
    const { characters } = await kept([called(0, 'f'.repeat(100_000))])
    expect(characters).toBeLessThan(3_000)
  })

  it('is as much of arguments in pieces as of a text', async () => {
    const piece = { jsonPath: '$.text', stringValue: 'x'.repeat(400), willContinue: true }
    const event = (called: object) => ({ candidates: [{ content: { parts: [called] } }] })
    const gemini = 'https://generativelanguage.googleapis.com/v1/models/g:streamGenerateContent'
    const { characters, truncated } = await kept(
      [
        event({ functionCall: { name: 'f', willContinue: true } }),
        ...many(100).map(() =>
          event({ functionCall: { partialArgs: [piece], willContinue: true } }),
        ),
      ],
      `${gemini}?alt=sse`,
      { contents: [] },
    )
    expect({ isShort: characters < 2_000, truncated }).toEqual({ isShort: true, truncated: true })
  })
})
