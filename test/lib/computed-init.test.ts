import { describe, expect, it } from 'vitest'
import { createTracer, memory } from '../../src/index.ts'

/** As a client's own class of options might be: all in getters, one of them with a count. */
class Options {
  #headers: Record<string, string>
  bodies = 0

  constructor(headers: Record<string, string> = {}) {
    this.#headers = headers
  }
  get method(): string {
    return 'POST'
  }
  get headers(): Record<string, string> {
    return this.#headers
  }
  get body(): string {
    this.bodies += 1
    return JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] })
  }
}

function tracing(capture?: { streamUsage: 'inject' }) {
  const sent: Request[] = []
  const tracer = createTracer({
    exporters: [memory()],
    context: 'off',
    fetch: async (input, init) => {
      sent.push(new Request(input, init))
      return Response.json({})
    },
    ...(capture && { capture }),
  })
  return { tracer, sent }
}

const url = 'https://api.openai.com/v1/chat/completions'

describe('traced fetch', () => {
  it('asks an init made of getters once for each', async () => {
    const { tracer, sent } = tracing()
    const init = new Options()
    await tracer.fetch(url, init)
    expect([sent[0]?.method, init.bodies]).toEqual(['POST', 1])
  })

  it('takes its header off an init made of getters, and leaves the rest', async () => {
    const { tracer, sent } = tracing()
    await tracer.span('parent', async (span) => {
      await tracer.fetch(url, new Options({ ...span.headers(), 'x-one': 'a' }))
    })
    expect([sent[0]?.method, [...(sent[0]?.headers ?? [])].map(([name]) => name)]).toEqual([
      'POST',
      ['content-type', 'x-one'],
    ])
  })

  it('asks for the usage of a stream in an init made of getters', async () => {
    const { tracer, sent } = tracing({ streamUsage: 'inject' })
    await tracer.fetch(url, new Options())
    expect([sent[0]?.method, await sent[0]?.json()]).toEqual([
      'POST',
      { model: 'gpt-4o', stream: true, stream_options: { include_usage: true }, messages: [] },
    ])
  })

  it('passes on a Request in the place of an init as it is', async () => {
    const given: unknown[] = []
    const tracer = createTracer({
      exporters: [memory()],
      fetch: async (_, init) => {
        given.push(init)
        return Response.json({})
      },
    })
    const request = new Request(url, { method: 'POST', body: '{}' })
    await tracer.fetch(url, request)
    expect(given[0]).toBe(request)
  })
})
