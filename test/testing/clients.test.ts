import Anthropic from '@anthropic-ai/sdk'
import { createOpenAI } from '@ai-sdk/openai'
import { GoogleGenAI } from '@google/genai'
import { generateText, streamText } from 'ai'
import { createTracer } from 'carrot-trace'
import { cassette, fault, memory, record, replay, type Fault } from 'carrot-trace/testing'
import OpenAI from 'openai'
import { describe, expect, inject, it } from 'vitest'
import { failureOf } from './support.ts'

const apiKey = 'sk-test'
const messages = [{ role: 'user' as const, content: 'A refund?' }]

describe('record and replay', () => {
  it('give the Anthropic client the message that it had, streamed with its tools', async () => {
    const ask = (fetch: ReturnType<typeof record>) =>
      new Anthropic({ apiKey, baseURL: inject('baseUrl'), maxRetries: 0, fetch }).messages
        .stream({
          model: 'claude-sonnet-5',
          max_tokens: 100,
          messages,
          tools: [{ name: 'search', input_schema: { type: 'object' } }],
        })
        .finalMessage()
    const tape = cassette()
    const recorded = await ask(record(globalThis.fetch, tape))
    expect(recorded.content.map(({ type }) => type)).toEqual(['text', 'tool_use'])
    expect(await ask(replay(tape))).toEqual(recorded)
    expect(await ask(replay(tape, { pace: 'recorded' }))).toEqual(recorded)
  })

  it('give the AI SDK the text that it had, whole and streamed', async () => {
    const ask = async (fetch: typeof globalThis.fetch) => {
      const openai = createOpenAI({ apiKey, baseURL: `${inject('baseUrl')}/v1`, fetch })
      const options = { model: openai.chat('gpt-4o'), prompt: 'A refund?', maxRetries: 0 }
      return [(await generateText(options)).text, await streamText(options).text]
    }
    const tape = cassette()
    const recorded = await ask(record(globalThis.fetch, tape))
    expect(recorded).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('Refunds')))
    expect(await ask(replay(tape))).toEqual(recorded)
  })
})

describe('fault', () => {
  it('is what Google’s client takes it for', async () => {
    const httpOptions = { fetch: fault({ status: 429 }), retryOptions: { attempts: 1 } }
    const gemini = new GoogleGenAI({ apiKey: 'AIza-test', httpOptions })
    const asked = gemini.models.generateContent({ model: 'gemini-3', contents: 'A refund?' })
    expect(await failureOf(asked)).toMatchObject({
      status: 429,
      message: expect.stringContaining('RESOURCE_EXHAUSTED'),
    })
  })

  const streams: [fault: Fault, ended: string, undecodable: number][] = [
    [{ cut: { afterEvents: 3 } }, 'error', 0],
    [{ stall: { ms: 1, afterEvents: 3 } }, 'complete', 0],
    [{ firstByteMs: 1 }, 'complete', 0],
    [{ malformed: { afterEvents: 3 } }, 'cancelled', 1],
  ]
  it.each(streams)('has a traced stream end as it would: %o', async (wrong, ended, undecodable) => {
    const recorded = memory()
    const baseURL = `${inject('baseUrl')}/v1`
    const client = new OpenAI({ apiKey, baseURL, maxRetries: 0, fetch: fault(wrong) })
    const openai = createTracer({ exporters: [recorded] }).wrap(client)
    const read = async () => {
      const stream = await openai.chat.completions.create({
        model: 'gpt-4o',
        messages,
        stream: true,
      })
      for await (const _ of stream);
    }
    const failure = await failureOf(read())
    expect(failure instanceof Error).toBe(ended !== 'complete')
    expect(recorded.records.map(({ call }) => [call?.ended, call?.stream?.undecodable])).toEqual([
      [ended, undecodable],
    ])
  })
})
