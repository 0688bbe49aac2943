import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const events = (...all: (object | string)[]) =>
  all.map((one) => (typeof one === 'string' ? one : `data: ${JSON.stringify(one)}\n\n`)).join('')

const messages = [{ role: 'user', content: 'Hi' }]
const OPENAI = 'https://api.openai.com/v1/chat/completions'
const OPENROUTER = 'https://openrouter.ai/api/v1/chat/completions'
const ANTHROPIC = 'https://api.anthropic.com/v1/messages'
const VLLM = 'http://127.0.0.1:8000/v1/chat/completions'
const request = { model: 'm', max_tokens: 9, stream: true, messages }

const said = (content: string) => ({ choices: [{ index: 0, delta: { content } }] })
const called = {
  choices: [
    {
      index: 0,
      delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a' } }] },
    },
  ],
}
const failed = { error: { message: 'Overloaded', type: 'server_error', code: 'overloaded' } }
const error = { type: 'server_error', code: 'overloaded', message: 'Overloaded', phase: 'stream' }
const claude = {
  type: 'message_start',
  message: { id: 'm', content: [], usage: { input_tokens: 9, output_tokens: 1 } },
}
const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }

describe('a stream', () => {
  it.each([
    {
      what: 'whose only event is an error',
      url: OPENAI,
      reply: events(failed),
      record: { error, call: { ended: 'error', usage: { source: 'absent' } } },
    },
    {
      what: 'that fails after text and half a tool call',
      url: OPENAI,
      reply: events(said('He'), called, failed),
      record: {
        output: { content: 'He', tool_calls: [{ function: { name: 'f', arguments: '{"a' } }] },
        error,
        call: { ended: 'error' },
      },
    },
    {
      what: 'that says its error as a choice’s end, and ends as if nothing were',
      url: OPENROUTER,
      reply: events(
        ': OPENROUTER PROCESSING\n\n',
        said('He'),
        ': OPENROUTER PROCESSING\n\n',
        {
          error: { code: 502, message: 'Upstream is gone', metadata: { error_type: 'provider' } },
          choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
        },
        'data: [DONE]\n\n',
      ),
      record: {
        output: { content: 'He' },
        error: { type: '502', code: '502', message: 'Upstream is gone', phase: 'stream' },
        call: { ended: 'error', stream: { undecodable: 0 } },
      },
    },
    {
      what: 'that fails after its end',
      url: OPENROUTER,
      reply: events(
        { choices: [{ index: 0, delta: { content: 'He' }, finish_reason: 'stop' }] },
        'data: [DONE]\n\n',
        failed,
      ),
      record: { output: { content: 'He' }, error, call: { ended: 'error' } },
    },
    {
      what: 'whose error is an object by name',
      url: VLLM,
      reply: events(said('He'), { object: 'error', message: 'Out of memory', type: 'Internal' }),
      record: {
        error: { type: 'Internal', message: 'Out of memory', phase: 'stream' },
        call: { ended: 'error' },
      },
    },
    {
      what: 'that fails under a name of Groq’s own',
      url: 'https://api.groq.com/openai/v1/chat/completions',
      reply: events(said('He'), { choices: [], x_groq: { id: 'req_1', error: 'over capacity' } }),
      record: {
        error: { type: '_OTHER', message: 'over capacity', phase: 'stream' },
        call: { ended: 'error' },
      },
    },
    {
      what: 'that fails before it begins',
      url: ANTHROPIC,
      reply: events(overloaded),
      record: {
        error: { type: 'overloaded_error', message: 'Overloaded', phase: 'stream' },
        call: { ended: 'error', usage: { source: 'absent' } },
      },
    },
    {
      what: 'that fails after it began, counted once',
      url: ANTHROPIC,
      reply: events(claude, overloaded),
      record: {
        error: { type: 'overloaded_error' },
        call: { ended: 'error', usage: { source: 'provider', final: false, input: 9, output: 1 } },
      },
    },
    {
      what: 'that is cut between two events',
      url: OPENAI,
      reply: events(said('He'), said('llo')),
      record: {
        output: { content: 'Hello' },
        error: { type: 'truncated' },
        call: { ended: 'truncated', usage: { source: 'absent', input: null } },
      },
    },
    {
      what: 'that is cut within a character',
      url: OPENAI,
      reply: bytes(events(said('Grü'))).slice(0, -7 - JSON.stringify(']}').length),
      record: { error: { type: 'truncated' }, call: { ended: 'truncated' } },
    },
    {
      what: 'that counts in every event, and is cut',
      url: 'https://api.perplexity.ai/chat/completions',
      reply: events({
        ...said('He'),
        usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
      }),
      record: {
        call: { ended: 'truncated', usage: { source: 'provider', final: false, output: 1 } },
      },
    },
  ])('$what is called so', async ({ url, reply, record: expected }) => {
    const all = typeof reply === 'string' ? bytes(reply) : reply
    for (const chunk of [1, 3, 64, 10_000]) {
      const { record, seen } = await replay({
        url,
        request,
        reply: all,
        type: 'text/event-stream',
        chunk,
      })
      expect(record).toMatchObject({ status: 'error', ...expected })
      expect(seen).toEqual(all)
    }
  })
})

describe('an error of HTTP', () => {
  const json = JSON.stringify({ error: { message: 'No', type: 'some_error', code: 'a_code' } })

  it.each(
    [401, 404, 429, 500, 503].flatMap((status) => [
      {
        status,
        type: 'application/json',
        body: json,
        error: { type: 'some_error', code: 'a_code', message: 'No', status, phase: 'http' },
      },
      { status, type: 'text/html', body: '<h1>No</h1>', error: { type: String(status) } },
      { status, type: 'text/plain', body: json, error: { type: 'some_error', message: 'No' } },
      { status, type: 'application/json', body: '', error: { type: String(status) } },
      { status, type: 'application/json', body: '{"error":', error: { type: String(status) } },
      { status, type: 'application/json', body: '{"error":"No"}', error: { message: 'No' } },
    ]),
  )('is told by what there is: $status, $type, $body', async ({ status, type, body, error }) => {
    for (const stream of [true, false]) {
      const { record, seen } = await replay({
        url: OPENAI,
        request: { ...request, stream },
        reply: bytes(body),
        type,
        status,
        chunk: 5,
      })
      expect(record).toMatchObject({
        status: 'error',
        error: { status, phase: 'http', ...error },
        call: { ended: 'error', http: { status }, usage: { source: 'absent', input: null } },
      })
      expect(seen).toEqual(bytes(body))
    }
  })

  it.each([
    [
      { detail: [{ loc: ['body'], msg: 'Field required', type: 'missing' }] },
      'missing',
      'Field required',
    ],
    [
      {
        object: 'error',
        message: { detail: [{ loc: ['body'], msg: 'Field required', type: 'missing' }] },
        type: 'invalid_request_error',
      },
      'missing',
      'Field required',
    ],
    [{ id: 'x', message: 'no such model' }, '422', 'no such model'],
    [{ error: 'Model is loading', estimated_time: 20 }, '422', 'Model is loading'],
    [{ statusCode: 422, message: 'Access denied' }, '422', 'Access denied'],
    [
      { error: { code: 'content_filter', message: 'Filtered', innererror: { code: 'X' } } },
      'content_filter',
      'Filtered',
    ],
  ])('is told in many ways: %j', async (body, type, message) => {
    const { record } = await replay({
      url: OPENAI,
      request,
      reply: bytes(JSON.stringify(body)),
      type: 'application/json',
      status: 422,
    })
    expect(record.error).toMatchObject({ type, message, status: 422 })
  })

  it('says among its details when to come back', async () => {
    const info = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' }
    const quota = { code: 429, message: 'No', status: 'RESOURCE_EXHAUSTED', details: [{}, info] }
    for (const body of [{ error: quota }, [{ error: quota }]]) {
      const { record } = await replay({
        url: 'https://generativelanguage.googleapis.com/v1/models/g:generateContent',
        request: { contents: [] },
        reply: bytes(JSON.stringify(body)),
        type: 'application/json',
        status: 429,
      })
      expect(record).toMatchObject({
        error: { type: 'RESOURCE_EXHAUSTED' },
        call: { http: { retryAfterMs: 34_500 } },
      })
    }
  })

  it.each([
    'x-request-id',
    'request-id',
    'apim-request-id',
    'x-ms-request-id',
    'x-amzn-requestid',
    'x-generation-id',
    'mistral-correlation-id',
    'x-kong-request-id',
    'x-debug-trace-id',
    'cf-ai-req-id',
    'cf-ray',
  ])('has the id of %s', async (name) => {
    const { record } = await replay({
      url: OPENAI,
      request,
      reply: bytes('{}'),
      type: 'application/json',
      status: 500,
      headers: { [name]: 'r1' },
    })
    expect(record.call?.http.requestId).toBe('r1')
  })
})
