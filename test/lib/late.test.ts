import { createTracer, memory } from 'carrot-trace'
import { afterEach, describe, expect, it, vi } from 'vitest'

const reply = JSON.stringify({
  model: 'gpt-4o-1',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Hi — 你好' }, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 5, completion_tokens: 7 },
})

async function answered() {
  const native = new Response(reply, { headers: { 'content-type': 'application/json' } })
  const exporter = memory()
  const tracer = createTracer({ exporters: [exporter], fetch: async () => native })
  const response = await tracer.fetch('https://api.openai.com/v1/chat/completions', {
    method: 'POST',
    body: '{"model":"gpt-4o","messages":[]}',
  })
  const seen = () => exporter.records.map(({ call }) => [call?.ended, call?.usage.output])
  return { native, response, seen }
}

afterEach(() => {
  vi.restoreAllMocks()
})

const COMPLETE = [['complete', 7]]
const READ: [how: string, read: (response: Response) => Promise<unknown>, what: unknown][] = [
  ['json()', (response) => response.json(), JSON.parse(reply)],
  ['text()', (response) => response.text(), reply],
  ['bytes()', (response) => response.bytes(), new TextEncoder().encode(reply)],
  ['arrayBuffer()', (response) => response.arrayBuffer(), new TextEncoder().encode(reply).buffer],
  ['blob()', async (response) => (await response.blob()).text(), reply],
  [
    'a look at its body, then json()',
    async (response) => (void response.body, response.json()),
    JSON.parse(reply),
  ],
  ['its stream', (response) => new Response(response.body).text(), reply],
  ['a copy', (response) => response.clone().text(), reply],
  ['itself, after a copy', (response) => (response.clone(), response.text()), reply],
]

describe('a whole reply', () => {
  it.each(READ)('is seen when it is read by %s', async (_how, read, what) => {
    const { response, seen } = await answered()
    expect(await read(response)).toEqual(what)
    await vi.waitFor(() => expect(seen()).toEqual(COMPLETE))
  })

  it('is the native response', async () => {
    const { native, response } = await answered()
    expect(response).toBe(native)
  })

  it('is read by the method that another has put in the place of the native one', async () => {
    const native = Reflect.get(Response.prototype, 'json')
    const patched = vi.spyOn(Response.prototype, 'json').mockImplementation(function (
      this: Response,
    ) {
      return native.call(this)
    })
    const { response, seen } = await answered()
    expect(await response.json()).toEqual(JSON.parse(reply))
    expect(patched).toHaveBeenCalledTimes(1)
    expect(seen()).toEqual(COMPLETE)
  })

  it('refuses like a native one what has been read around its methods', async () => {
    const { response } = await answered()
    expect(await Response.prototype.text.call(response)).toBe(reply)
    expect([response.bodyUsed, response.body?.locked]).toEqual([true, true])
    expect(() => response.clone()).toThrow(TypeError)
    await expect(response.json()).rejects.toThrow(TypeError)
  })
})
