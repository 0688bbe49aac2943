import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { fields } from '../../src/lib/json.ts'
import { RUNTIMES, startApplication, type Application } from './harness.ts'
import { carrotOf } from './tree.ts'

const CONFIG = {
  services: [{ binding: 'MODEL', service: 'bindings', entrypoint: 'ModelEntrypoint' }],
}

const usage = { source: 'provider', input: 12, output: 3, total: 15 }
const choices = [{ index: 0 }]

/** How a model answers, and what is recorded of it. */
const WAYS: { way: string; output: unknown; call: object; places?: string[] }[] = [
  {
    way: 'whole',
    output: { role: 'assistant', content: 'Hello' },
    call: {
      operation: 'chat',
      format: 'workersai.run',
      request: { model: '@cf/meta/llama-4-scout', stream: false, params: { maxTokens: 9 } },
      response: { choices },
      usage,
      ended: 'complete',
    },
  },
  {
    way: 'tools',
    output: {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: null, type: 'function', function: { name: 'find', arguments: '{"q":"x"}' } },
      ],
    },
    call: { usage, ended: 'complete' },
  },
  {
    way: 'embeddings',
    output: undefined,
    call: { operation: 'embeddings', response: { outputCount: 1, dimensions: 4 }, usage },
  },
  {
    way: 'streamed',
    output: { role: 'assistant', content: 'Go 2' },
    call: { request: { stream: true }, stream: { events: 3 }, usage, ended: 'complete' },
  },
  {
    way: 'raw',
    output: { role: 'assistant', content: 'raw' },
    call: { http: { status: 200 }, usage, ended: 'complete' },
    places: ['local'],
  },
  {
    way: 'fails',
    output: undefined,
    call: { ended: 'error', usage: { source: 'absent', input: null } },
  },
]

const CASES = WAYS.flatMap(({ places = ['local', 'remote'], ...rest }) =>
  places.map((place) => ({ place, ...rest })),
)

describe.each(RUNTIMES)('wrapBinding, in workerd of $date with flags $flags', (runtime) => {
  let application: Application

  beforeAll(async () => {
    application = await startApplication('bindings', runtime, CONFIG)
  })

  afterAll(() => application.close())

  async function get(path: string): Promise<unknown> {
    return (await fetch(new URL(path, application.url))).json()
  }

  it.each(CASES)('records a model that answers so: $way, $place', async (known) => {
    const { place, way, output, call } = known
    const { native, wrapped } = fields(JSON.parse(JSON.stringify(await get(`/${place}/${way}`))))
    expect(wrapped).toEqual(native)
    const { records } = await application.recorded(`GET /${place}/${way}`)
    const [, recorded] = records
    expect(recorded?.output).toEqual(output)
    expect(carrotOf(recorded ?? {}).call).toMatchObject(call)
  })

  it('leaves everything else of a binding as it is', async () => {
    expect(await get('/members')).toEqual({
      gateway: 'mine id',
      lastModel: '@cf/meta/llama-4-scout mine',
      isModel: true,
      same: true,
      other: 'word!',
    })
  })
})

describe('wrapBinding(env.AI)', () => {
  let worker: Awaited<ReturnType<typeof unstable_startWorker>>

  beforeAll(async () => {
    worker = await unstable_startWorker({
      config: fileURLToPath(new URL('applications/workers-ai.toml', import.meta.url)),
      dev: {
        server: { hostname: '127.0.0.1', port: 0 },
        remote: false,
        inspector: false,
        watch: false,
        persist: false,
        logLevel: 'none',
      },
    })
    await worker.ready
  })

  afterAll(() => worker.dispose())

  it('fails as the binding does without an account, and has its members', async () => {
    const reply = await worker.fetch('http://bindings/real')
    const { native, wrapped } = fields(JSON.parse(await reply.text()))
    expect(wrapped).toEqual(native)
    expect(JSON.stringify(native)).toContain('needs to be run remotely')
  })
})
