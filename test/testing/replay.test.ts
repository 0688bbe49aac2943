import { cassette, record, replay, type Recording } from 'carrot-trace/testing'
import { TraceError } from 'carrot-trace'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ask, answering, CHAT, failureOf, post, taped, tapeOf } from './support.ts'

afterEach(() => void vi.useRealTimers())

async function say(fetch: ReturnType<typeof replay>, body: object): Promise<string> {
  return (await fetch(CHAT, post(body))).text()
}

/** Why there was no recording. */
async function missing(source: object, body: object, url = CHAT): Promise<string> {
  const error = await failureOf(replay(source)(url, post(body)))
  expect(error).toBeInstanceOf(TraceError)
  return error instanceof TraceError ? `${error.code}: ${error.message}` : String(error)
}

describe('replay', () => {
  it('finds the recording of a request, in any order, whatever the order of keys', async () => {
    const fetch = replay(await taped(ask('one'), ask('two', { temperature: 0 })))
    const { model, messages } = JSON.parse(JSON.stringify(ask('two')))
    expect(await say(fetch, { temperature: 0, messages, model })).toBe('answer 2')
    expect(await say(fetch, ask('one'))).toBe('answer 1')
  })

  it('gives requests that repeat one recording after the other, and then none', async () => {
    const tape = await taped(ask('one'), ask('one'))
    const fetch = replay(tape)
    expect([await say(fetch, ask('one')), await say(fetch, ask('one'))]).toEqual([
      'answer 1',
      'answer 2',
    ])
    expect(await failureOf(say(fetch, ask('one')))).toMatchObject({
      code: 'no_recording',
      message: `No recording answers POST ${CHAT}. The cassette has 2 of it, which have been replayed already. Record it again with as many requests as there are now.`,
    })
    expect(await say(replay(tape), ask('one'))).toBe('answer 1')
  })

  it('shows the nearest recording of what it does not have, and where they differ', async () => {
    const tape = await taped(
      ask('A refund?', { temperature: 0 }),
      ask('Reset my password', { top_p: 1 }),
    )
    expect(
      await missing(
        tape,
        ask('A parcel?', { temperature: 1, user: 'sk-abcdefghijklmnopqrstuvwx' }),
      ),
    ).toBe(`no_recording: No recording answers POST ${CHAT}. The nearest is recording 1:
  body.messages[0].content: expected "A refund?", found "A parcel?"
  body.temperature: expected 0, found 1
  body.user: expected nothing, found "[redacted]"
Record it again, or pass { match: 'loose' } if that is near enough.`)
    expect(await missing(cassette(), ask('one'))).toBe(
      `no_recording: No recording answers POST ${CHAT}. The cassette is empty. Record it again.`,
    )
  })

  it('shows no more than a few differences, of no more than a few words', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`p${index}`, 'x'.repeat(200)]),
    )
    const message = await missing(await taped(ask('one')), ask('one', many))
    expect(message.split('\n').slice(1, -1)).toEqual([
      ...Array.from(
        { length: 5 },
        (_, index) => `  body.p${index}: expected nothing, found "${'x'.repeat(79)}…`,
      ),
      '  and 95 or more others',
    ])
  })

  it('takes an address for what it is without its secrets', async () => {
    const tape = cassette()
    const model = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:generateContent'
    await (await record(answering(['hello']), tape)(`${model}?key=one`, post({}))).text()
    expect(await (await replay(tape)(`${model}?key=two`, post({}))).text()).toBe('hello')
    expect(await missing(tape, {}, model)).toContain(
      '  url: expected "…ni-3:generateContent?key=[redacted]", found "…ni-3:generateContent"',
    )
  })

  const loose: [what: string, asked: object, answer: string][] = [
    [
      'model and last question, with other settings',
      ask('two', { temperature: 0, seed: 7 }),
      'answer 2',
    ],
    [
      'model and last question, after another beginning',
      {
        model: 'gpt-4o',
        messages: [
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: 'two' },
        ],
      },
      'answer 2',
    ],
    ['the most similar body', ask('Today is Friday. What are the opening hours?'), 'answer 3'],
  ]
  it.each(loose)(
    'is content with less when it is told to be loose: %s',
    async (_, asked, answer) => {
      const tape = await taped(
        ask('one'),
        ask('two'),
        ask('Today is Monday. What are the opening hours?'),
      )
      expect(await say(replay(tape, { match: 'loose' }), asked)).toBe(answer)
      expect(await missing(tape, asked)).toContain('no_recording')
    },
  )

  it('is not content with anything: another question of another model has no recording', async () => {
    const fetch = replay(await taped(ask('one')), { match: 'loose' })
    const asked = {
      model: 'claude-sonnet-5',
      messages: [{ role: 'user', content: 'What is the time?' }],
      max_tokens: 100,
    }
    expect(await failureOf(say(fetch, asked))).toMatchObject({ code: 'no_recording' })
    expect(
      await failureOf(fetch('https://api.openai.com/v1/embeddings', post(ask('one')))),
    ).toMatchObject({
      code: 'no_recording',
    })
  })

  it('reads a Request, and takes its body as fetch does', async () => {
    const request = new Request(CHAT, post(ask('one')))
    expect(await (await replay(await taped(ask('one')))(request)).text()).toBe('answer 1')
    expect(request.bodyUsed).toBe(true)
  })

  it('knows a form by its fields and files, whatever stands between them', async () => {
    const form = (name: string) => {
      const filled = new FormData()
      filled.set('model', 'whisper-1')
      filled.set('file', new File(['sound'], name))
      return { method: 'POST', body: filled }
    }
    const tape = cassette()
    await (await record(answering(['hello']), tape)(CHAT, form('a.wav'))).text()
    const fetch = replay(tape)
    expect(await failureOf(fetch(CHAT, form('b.wav')))).toMatchObject({
      message: expect.stringContaining('body.file.name: expected "a.wav", found "b.wav"'),
    })
    expect(await (await fetch(CHAT, form('a.wav'))).text()).toBe('hello')
  })

  it('takes a body that it cannot see for any', async () => {
    const stream = () => ({ method: 'POST', body: new Blob(['x']).stream(), duplex: 'half' })
    const tape = cassette()
    await (await record(answering(['hello']), tape)(CHAT, stream())).text()
    expect(await (await replay(tape)(CHAT, stream())).text()).toBe('hello')
    expect(await say(replay(tape), ask('one'))).toBe('hello')
  })

  it('refuses what fetch refuses, in its words', async () => {
    const tape = cassette()
    for (const [input, init] of [
      ['http://', {}],
      [CHAT, { method: 'GET', body: 'x' }],
    ] as const) {
      const native = await failureOf(fetch(input, init))
      expect(await failureOf(replay(tape)(input, init))).toMatchObject({
        name: native instanceof Error ? native.name : '',
      })
    }
  })

  describe('an abort', () => {
    const streamed = tapeOf({
      response: {
        ms: 0,
        status: 200,
        headers: {},
        chunks: [
          [0, 'one'],
          [30_000, 'two'],
        ],
      },
    })
    const cases: [what: string, reason: unknown][] = [
      ['of a signal as it is', undefined],
      ['with a reason', new Error('too late')],
    ]

    it.each(cases)(
      'before the request fails it as it fails fetch, and uses nothing up: %s',
      async (_, reason) => {
        const signal = AbortSignal.abort(reason)
        const fetch = replay(streamed)
        const native = await failureOf(globalThis.fetch('data:,', { signal }))
        const replayed = await failureOf(fetch(CHAT, post(ask('A refund?'), signal)))
        expect(replayed).toBe(native)
        expect((await fetch(CHAT, post(ask('A refund?')))).status).toBe(200)
      },
    )

    it.each(cases)('in the middle of a stream fails its reader at once: %s', async (_, reason) => {
      const leaving = new AbortController()
      const fetch = replay(streamed, { pace: 'recorded' })
      const response = await fetch(CHAT, post(ask('A refund?'), leaving.signal))
      const reader = response.body?.getReader()
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one')
      const next = reader?.read()
      leaving.abort(reason)
      expect(await failureOf(Promise.resolve(next))).toBe(leaving.signal.reason)
    })

    it('before the head comes fails the request', async () => {
      const leaving = new AbortController()
      const slow = tapeOf({ response: { ms: 30_000, status: 200, headers: {}, chunks: [] } })
      const asked = replay(slow, { pace: 'recorded' })(CHAT, post(ask('A refund?'), leaving.signal))
      leaving.abort()
      expect(await failureOf(asked)).toMatchObject({ name: 'AbortError' })
    })
  })

  it('keeps the pace of the recording', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    const tape = tapeOf({
      response: {
        ms: 200,
        status: 200,
        headers: {},
        chunks: [
          [250, 'one'],
          [1_250, 'two'],
        ],
      },
    })
    const came: [ms: number, text: string][] = []
    const read = async () => {
      const response = await replay(tape, { pace: 'recorded' })(CHAT, post(ask('A refund?')))
      came.push([performance.now() - start, 'head'])
      for await (const chunk of response.body ?? [])
        came.push([performance.now() - start, new TextDecoder().decode(chunk)])
    }
    const start = performance.now()
    const reading = read()
    await vi.advanceTimersByTimeAsync(2_000)
    await reading
    expect(came).toEqual([
      [200, 'head'],
      [250, 'one'],
      [1_250, 'two'],
    ])
  })

  const endings: [what: string, recording: Partial<Recording>, said: string, failure: object][] = [
    [
      'the network failed before the head',
      {
        ended: 'failed',
        error: { name: 'TypeError', message: 'fetch failed', cause: 'read ECONNRESET' },
      },
      '',
      { name: 'TypeError', message: 'fetch failed', cause: { message: 'read ECONNRESET' } },
    ],
    [
      'the connection was cut',
      {
        ended: 'failed',
        error: { name: 'TypeError', message: 'terminated' },
        response: { ms: 0, status: 200, headers: {}, chunks: [[0, 'one']] },
      },
      'one',
      { name: 'TypeError', message: 'terminated' },
    ],
    [
      'its reader left before the end',
      { ended: 'cancelled', response: { ms: 0, status: 200, headers: {}, chunks: [[0, 'one']] } },
      'one',
      { code: 'no_recording', message: expect.stringContaining('has no more: who had asked left') },
    ],
    [
      'who asked left before the head',
      { ended: 'cancelled' },
      '',
      {
        code: 'no_recording',
        message: expect.stringContaining('has no answer: who had asked left'),
      },
    ],
  ]
  it.each(endings)('ends as the recording did: %s', async (_, recording, said, failure) => {
    let text = ''
    const read = async () => {
      const response = await replay(tapeOf(recording))(CHAT, post(ask('A refund?')))
      for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk)
    }
    expect(await failureOf(read())).toMatchObject(failure)
    expect(text).toBe(said)
  })

  it('lets a stream end that its client left at the last word', async () => {
    const chunks = [[0, 'data: 1\n\ndata: [DONE]\n\n']] as const
    const tape = tapeOf({
      ended: 'cancelled',
      response: { ms: 0, status: 200, headers: {}, chunks },
    })
    expect(await say(replay(tape), ask('A refund?'))).toBe(chunks[0][1])
  })

  const wrong: [what: string, make: () => unknown, error: object][] = [
    [
      'no file',
      () => replay('no/such/file.json'),
      { code: 'no_cassette', message: expect.stringContaining('record(fetch, file) first') },
    ],
    ['something else', () => replay({ recordings: [] }), { code: 'no_cassette' }],
    ['no JSON', () => cassette.from('{'), { code: 'no_cassette' }],
    [
      'a later version',
      () => cassette.from({ format: 'carrot-trace/cassette', version: 2, recordings: [] }),
      { code: 'no_cassette', message: expect.stringContaining('version 2') },
    ],
    [
      'a recording that was edited badly',
      () => replay(tapeOf({ response: { ms: 0, status: 7, headers: {} } })),
      { code: 'no_cassette', message: expect.stringContaining('recording 1') },
    ],
    [
      'a misspelt option',
      () => Reflect.apply(replay, undefined, [cassette(), { speed: 'instant' }]),
      { code: 'invalid_option', message: expect.stringContaining('match, pace') },
    ],
  ]
  it.each(wrong)('says what is wrong at set-up: %s', async (_, make, error) => {
    expect(await failureOf(Promise.resolve().then(make))).toMatchObject(error)
  })
})
