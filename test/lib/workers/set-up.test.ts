import { init, memory, span } from 'carrot-trace'
import { instrument, spanOf } from 'carrot-trace/workers'
import { beforeEach, describe, expect, it } from 'vitest'

const first = memory()
const second = memory()
const tracer = init({ exporters: [first] })
const request = () => new Request('https://desk.example')
const handler = {
  async fetch(given: Request, _env: object) {
    spanOf(given).span('step', () => 1)
    span('ambient', () => 1)
    return new Response('')
  },
}
const names = (exporter: typeof first) => exporter.records.map(({ name }) => name)

beforeEach(() => {
  first.clear()
  second.clear()
})

describe('instrument', () => {
  it('uses the tracer of an application that calls init itself', async () => {
    await instrument(handler).fetch(request(), {})
    await instrument(handler, { name: 'named' }).fetch(request(), {})
    expect(names(first)).toEqual(['step', 'ambient', 'GET /', 'step', 'ambient', 'named'])
    expect(init({ exporters: [first] })).not.toBe(tracer) // whose list of exporters is another
  })

  it('replaces it where it is given options, which the functions of the package follow', async () => {
    const options = { exporters: [second] }
    await instrument(handler, options).fetch(request(), {})
    await instrument(handler).fetch(request(), {})
    expect(names(second)).toEqual(['step', 'ambient', 'GET /', 'step', 'ambient', 'GET /'])
  })

  it('has a tracer beside it for other options, which spanOf leads to', async () => {
    const third = memory()
    await instrument(handler, { exporters: [third] }).fetch(request(), {})
    expect(names(third)).toEqual(['step', 'GET /'])
    expect(names(second)).toEqual(['ambient'])
  })

  it('makes no more tracers than can be held, whatever a function makes of env', async () => {
    const told: string[] = []
    const busy = instrument(handler, () => ({
      exporters: [memory()],
      onError: ({ message }) => told.push(message),
    }))
    for (let at = 0; at < 20; at += 1) await busy.fetch(request(), {})
    expect([...new Set(told)]).toEqual([
      expect.stringContaining('more than 10 sets of options in one isolate'),
    ])
  })
})
