import OpenAI from 'openai'
import {
  consoleExporter,
  createTracer,
  memory,
  type Exporter,
  type Scope,
  type SpanRecord,
} from 'carrot-trace'
import { afterEach, describe, expect, it, vi } from 'vitest'

const messages = [{ role: 'user' as const, content: 'How do I reset my password?' }]
const chat = { model: 'gpt-4o', messages }
const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }
const message = { role: 'assistant', content: 'Hello' }
const choices = [{ index: 0, message, finish_reason: 'stop' }]

/** What the API does at each attempt, in turn. */
type Answer = (init: RequestInit | undefined) => Response | Promise<Response>

const ok: Answer = () => Response.json({ id: 'c1', model: 'gpt-4o-1', choices, usage })
const limited: Answer = () => refused(429, { 'retry-after-ms': '1', 'x-request-id': 'req_1' })
const broken: Answer = () => {
  throw new TypeError('fetch failed')
}
const hanging: Answer = (init) =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })

function refused(status: number, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { message: 'not now', type: 'busy' } }, { status, headers })
}

function traced(answers: readonly Answer[]) {
  const exporter = memory()
  let next = 0
  const tracer = createTracer({
    exporters: [exporter],
    fetch: async (_input, init) => {
      const answer = answers[next] ?? ok
      next += 1
      return answer(init)
    },
  })
  return { tracer, exporter }
}

/** As a client without a number for its attempts sends it. */
async function post({ fetch }: Scope, body: object = chat): Promise<number | string> {
  try {
    const url = 'https://models.test/v1/chat/completions'
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    await response.text()
    return response.status
  } catch (error) {
    return String(error)
  }
}

/** What each record says of its attempts: the status of each, or how it ended without one. */
function attemptsOf(records: readonly SpanRecord[]) {
  return records.map(({ status, call }) => [
    ...(call?.attempts ?? []).map((attempt) => attempt.status ?? attempt.ended),
    call?.http.status ?? call?.ended,
    status,
  ])
}

describe('a call that its client tries again', () => {
  afterEach(() => vi.restoreAllMocks())

  it('is one record, with every attempt and the outcome of the last', async () => {
    const { tracer, exporter } = traced([limited, () => refused(503), ok])
    const openai = new OpenAI({ apiKey: 'sk-test', fetch: tracer.fetch })
    await openai.chat.completions.create(chat)

    expect(exporter.records).toMatchObject([
      {
        name: 'chat gpt-4o',
        status: 'success',
        seq: 5,
        output: message,
        call: {
          ended: 'complete',
          http: { status: 200, attempt: 2 },
          usage: { source: 'provider', input: 5, output: 7 },
          attempts: [
            {
              startMs: 0,
              ended: 'error',
              status: 429,
              requestId: 'req_1',
              retryAfterMs: 1,
              error: { type: '429', status: 429, phase: 'http' }, // its body was never read
            },
            { ended: 'error', status: 503 },
          ],
        },
      },
    ])
    expect(exporter.records[0]).not.toHaveProperty('error')
  })

  it('tells when each attempt began and ended, from the start of the record', async () => {
    const { tracer, exporter } = traced([limited, limited])
    const openai = new OpenAI({ apiKey: 'sk-test', fetch: tracer.fetch })
    await openai.chat.completions.create(chat)

    const [record] = exporter.records
    const { attempts = [], time } = record?.call ?? { time: {} }
    const times = attempts.flatMap(({ startMs, headersMs, endMs }) => [startMs, headersMs, endMs])
    const all = [...times, time.startMs, time.headersMs, time.endMs]
    expect(all).toHaveLength(9)
    expect(all).toEqual(all.toSorted((one = 0, two = 0) => one - two))
    expect((record?.endUnixMs ?? 0) - (record?.startUnixMs ?? 0)).toBeCloseTo(time.endMs ?? 0, -1)
  })

  it('has the outcome of the last attempt also where that fails', async () => {
    const { tracer, exporter } = traced([limited, broken, limited])
    const openai = new OpenAI({ apiKey: 'sk-test', fetch: tracer.fetch })
    await expect(openai.chat.completions.create(chat)).rejects.toThrow('not now')
    expect(attemptsOf(exporter.records)).toEqual([[429, 'error', 429, 'error']])
  })

  it('has an attempt for each time that its client gave up waiting', async () => {
    const { tracer, exporter } = traced([hanging, ok])
    const openai = new OpenAI({ apiKey: 'sk-test', fetch: tracer.fetch, timeout: 20 })
    await openai.chat.completions.create(chat)
    expect(attemptsOf(exporter.records)).toEqual([['cancelled', 200, 'success']])
  })

  it('is told from its twin by who failed when', async () => {
    const { tracer, exporter } = traced([limited, limited])
    const openai = new OpenAI({ apiKey: 'sk-test', fetch: tracer.fetch })
    await Promise.all([1, 2].map(() => openai.chat.completions.create(chat)))
    expect(attemptsOf(exporter.records)).toEqual([
      [429, 200, 'success'],
      [429, 200, 'success'],
    ])
  })

  it('is recognised inside a span without a number, by what is sent', async () => {
    const { tracer, exporter } = traced([limited, broken, ok])
    await tracer.span('step', async (step) => {
      expect(await post(step)).toBe(429)
      expect(await post(step)).toBe('TypeError: fetch failed')
      expect(await post(step)).toBe(200)
    })
    expect(attemptsOf(exporter.records.slice(0, 1))).toEqual([[429, 'error', 200, 'success']])
    expect(exporter.records.map(({ name }) => name)).toEqual(['chat gpt-4o', 'step'])
  })

  it('is a line an attempt on the console', async () => {
    const lines: string[] = []
    const exporter = consoleExporter((line) => lines.push(line.replace(/[\d.]+ ms.*tokens/, '…')))
    const answers = [limited, ok]
    const fetch = async (_input: unknown, init?: RequestInit) => (answers.shift() ?? ok)(init)
    const tracer = createTracer({ exporters: [exporter], fetch })
    await tracer.span('step', async (step) => {
      await post(step)
      await post(step)
    })
    expect(lines.map((line) => line.replace(/  [\da-f]{32}$|  [\d.]+ ms.*$/, ''))).toEqual([
      '✗ chat gpt-4o  …  error  busy: not now',
      '✓ chat gpt-4o  …  attempt 2',
      '✓ step',
      '└─ ✓ chat gpt-4o  …  attempt 2',
    ])
  })

  it('leaves with what it is when it has been sent before', async () => {
    const sent: string[] = []
    const exporter: Exporter = {
      export(records) {
        sent.push(...records.map(({ status, seq }) => `${status} ${seq}`))
        return { rejected: [] }
      },
    }
    let next = 0
    const tracer = createTracer({
      exporters: [exporter],
      fetch: async (_input, init) => ((next += 1) === 1 ? limited(init) : ok(init)),
    })
    await tracer.span('step', async (step) => {
      await post(step)
      await tracer.flush()
      await post(step)
    })
    await tracer.flush()
    expect(sent).toEqual(['running 0', 'error 1', 'success 3', 'success 1'])
  })
})

describe('a call like one that failed', () => {
  afterEach(() => vi.restoreAllMocks())

  const others: { name: string; answers: Answer[]; calls: (root: Scope) => Promise<unknown> }[] = [
    {
      name: 'another body',
      answers: [limited],
      async calls(root) {
        await root.span('step', async (step) => {
          await post(step)
          await post(step, { ...chat, messages: [] })
        })
      },
    },
    {
      name: 'another step',
      answers: [limited],
      async calls(root) {
        await root.span('one', (step) => post(step))
        await root.span('two', (step) => post(step))
      },
    },
    {
      name: 'no step, and no number',
      answers: [limited],
      async calls(root) {
        await post(root)
        await post(root)
      },
    },
    {
      name: 'a failure that trying again does not mend',
      answers: [() => refused(400)],
      async calls(root) {
        await root.span('step', async (step) => {
          await post(step)
          await post(step)
        })
      },
    },
    {
      name: 'no failure',
      answers: [ok],
      async calls(root) {
        await root.span('step', async (step) => {
          await post(step)
          await post(step)
        })
      },
    },
    {
      name: 'too long ago',
      answers: [limited],
      async calls(root) {
        await root.span('step', async (step) => {
          await post(step)
          const now = performance.now()
          vi.spyOn(performance, 'now').mockReturnValue(now + 70_000)
          await post(step)
        })
      },
    },
  ]

  it.each(others)('is a call of its own: $name', async ({ answers, calls }) => {
    const { tracer, exporter } = traced(answers)
    await calls(tracer)
    const made = exporter.records.filter(({ call }) => call)
    expect(made.map(({ call, seq }) => [call?.attempts, seq])).toEqual([
      [undefined, 1],
      [undefined, 1],
    ])
  })
})
