import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { events, itemEvents, streamOf, whole as response } from './responses.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const RESPONSES = {
  url: 'https://api.openai.com/v1/responses',
  request: { model: 'gpt-5.4', input: 'Hi', stream: true },
}

describe('openai.responses', () => {
  it('takes the whole text for the pieces where the two differ, whatever came between', async () => {
    const at = { output_index: 0, content_index: 0, item_id: 'msg_1' }
    const tool = { output_index: 1, item_id: 'fc_1' }
    const called = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f' }
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply: streamOf([
        { type: 'response.output_item.added', output_index: 1, item: { ...called, arguments: '' } },
        { type: 'response.output_text.delta', ...at, delta: 'Hel' },
        { type: 'response.function_call_arguments.delta', ...tool, delta: '{"a":' },
        { type: 'response.output_text.done', ...at, text: 'Hello' },
        { type: 'response.output_text.done', ...at, text: 'Hello' },
        { type: 'response.function_call_arguments.done', ...tool, arguments: '{"a":1}' },
        ...itemEvents({ ...called, arguments: '{"a":2}' }, 1).slice(-1),
        { type: 'response.completed', response: response({ status: 'completed', output: [] }) },
      ]),
    })
    expect(record.output).toEqual({
      role: 'assistant',
      content: 'Hello',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":2}' } },
      ],
    })
  })

  it.each([
    ['as an event', { type: 'error', code: 'rate_limit_exceeded', message: 'Slow.', param: null }],
    [
      'as its end',
      {
        type: 'response.failed',
        response: response({
          status: 'failed',
          output: [],
          error: { code: 'rate_limit_exceeded', message: 'Slow.' },
        }),
      },
    ],
  ])('is an error when it fails mid-stream, told %s, with what had come', async (_how, event) => {
    const message = { type: 'message', id: 'm', content: [{ type: 'output_text', text: 'Hello' }] }
    const begun = events({ status: 'completed', output: [message] }).slice(0, -3)
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply: streamOf([...begun, event]),
    })
    expect(record).toMatchObject({
      status: 'error',
      output: { content: 'Hello' },
      error: { type: 'rate_limit_exceeded', message: 'Slow.', phase: 'stream' },
      call: { ended: 'error', response: { id: 'resp_67ccd2bed1ec8190' } },
    })
  })

  it.each([
    ['failed', { code: 'server_error', message: 'Sorry.' }, 'server_error'],
    ['cancelled', null, 'cancelled'],
  ])('is an error when a whole one has %s', async (status, error, type) => {
    const usage = { input_tokens: 3, output_tokens: 0, total_tokens: 3 }
    const body = response({ status, output: [], error, usage })
    const { record } = await replay({
      ...RESPONSES,
      type: 'application/json',
      reply: encode(JSON.stringify(body)),
    })
    expect(record).toMatchObject({
      status: 'error',
      error: { type },
      call: {
        ended: 'error',
        response: {
          model: 'gpt-5.4-2026-03-05',
          choices: [{ finishReason: 'error', finishReasonRaw: status }],
        },
        usage: { input: 3, output: 0 },
      },
    })
  })

  it('counts a text once against capture.maxBytes, however often it is said', async () => {
    const text = 'word '.repeat(600)
    const search = { type: 'web_search_call', id: 'ws', action: { query: 'q'.repeat(200) } }
    const message = { type: 'message', id: 'm', content: [{ type: 'output_text', text }] }
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply: streamOf(events({ status: 'completed', output: [search, message] })),
      maxBytes: 4_000,
    })
    expect(record).toMatchObject({
      output: { content: text },
      call: { capture: { truncated: false } },
    })
  })

  it('has no first text as long as only tools of the server are at work', async () => {
    const search = { type: 'web_search_call', id: 'ws_1', action: { query: 'x' } }
    const reply = streamOf(events({ status: 'completed', output: [search] }))
    const { record } = await replay({ ...RESPONSES, reply, type: 'text/event-stream' })
    expect(record.output).toMatchObject({ blocks: [search] })
    expect(record.call?.time).not.toHaveProperty('firstTextMs')
    expect(record.call?.time).toHaveProperty('firstChunkMs')
  })

  it('keeps counts and finish reason of a reply that is cut at capture.maxBytes', async () => {
    const text = 'word '.repeat(1_000)
    const message = { type: 'message', id: 'm', content: [{ type: 'output_text', text }] }
    const usage = { input_tokens: 3, output_tokens: 1000, total_tokens: 1003 }
    const reply = streamOf(events({ status: 'completed', output: [message], usage }))
    const { record } = await replay({
      ...RESPONSES,
      type: 'text/event-stream',
      reply,
      maxBytes: 4_000,
      chunk: 512,
    })
    expect(record).toMatchObject({
      output: { content: `${text.slice(0, 4_000)}…` },
      call: { ended: 'complete', usage: { output: 1000 }, capture: { truncated: true } },
    })
  })
})
