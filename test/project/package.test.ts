import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { serveModelApis } from '../../examples/model-apis/serve.ts'
import { collectorStub } from '../support/collector-stub.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const { folder: project, files } = inject('installed')

beforeAll(() => {
  writeFileSync(
    join(project, 'main.ts'),
    `import { createTracer, memory, type Receipt, type Span } from 'carrot-trace'

const recorded = memory()
const tracer = createTracer({ exporters: [recorded] })
const double: (n: number) => number = tracer.trace('double', (n: number) => n * 2)
tracer.span('outer', (s: Span) => s.set({ output: double(21) }))
const receipt: Receipt = await tracer.flush()
const [record] = recorded.records
console.log(JSON.stringify([recorded.records.map(({ name }) => name), receipt.accepted, record?.resource?.sdk]))
`,
  )
  writeFileSync(
    join(project, 'fetch.ts'),
    `import { createTracer, fetch, wrapFetch } from 'carrot-trace'

const tracer = createTracer({ exporters: [], fetch: globalThis.fetch })
const every: (typeof globalThis.fetch)[] = [fetch, tracer.fetch, wrapFetch(globalThis.fetch)]
globalThis.fetch = every[0] ?? globalThis.fetch
`,
  )
  writeFileSync(
    join(project, 'entries.ts'),
    `import { tracing, type TracingVariables } from 'carrot-trace/hono'
import { langfuse, otlp, type Encoding, type Profile } from 'carrot-trace/otlp'
import { protobuf } from 'carrot-trace/otlp/protobuf'
import { instrument, spanOf, wrapBinding } from 'carrot-trace/workers'
import { Hono } from 'hono'

interface Env { STAGE: string; SERVICE: { fetch(input: string): Promise<Response> } }
const handler = {
  async fetch(request: Request, env: Env) {
    const { traceId } = spanOf(request)
    return traceId ? wrapBinding(env.SERVICE).fetch('https://service') : new Response()
  },
}
const same: typeof handler = instrument(handler, ({ STAGE }) => ({ environment: STAGE }))
const app = new Hono<{ Variables: TracingVariables }>().use(tracing())
app.get('/', (c) => c.text(c.var.span.traceId))
const profile: Profile = { name: 'mine', names: { 'user.id': [] }, more: ({ name }) => ({ name }) }
const encoding: Encoding = protobuf
const keys = { publicKey: 'pk', secretKey: 'sk' }
const elsewhere = [otlp({ profile, encoding, fetch: (url, init) => fetch(url, init) }), otlp(langfuse(keys))]
export const entries = [same, app, elsewhere]
`,
  )
  writeFileSync(
    join(project, 'otlp.mjs'),
    `import { createTracer } from 'carrot-trace'
import { otlp } from 'carrot-trace/otlp'

const sent = []
const fetch = async (url, { body }) => (sent.push(url, JSON.parse(body)), new Response('{}'))
const tracer = createTracer({ exporters: [otlp({ url: 'http://otlp.test', fetch })] })
tracer.span('outer', () => {})
const { accepted } = await tracer.flush()
const protobuf = await import('carrot-trace/otlp/protobuf').catch(() => 'needs its library')
console.log(JSON.stringify([sent[0], sent[1].resourceSpans[0].scopeSpans[0].spans[0].name, accepted, protobuf]))
`,
  )
  cpSync(join(root, 'test/project/unaware.mjs'), join(project, 'unaware.mjs'))
})

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    expect(
      files.filter(
        (path) =>
          !/^(?:dist\/(?:index|auto|core|export|formats|hono|otlp|otlp-protobuf|testing|workers|lib\/[\w/-]+)\.(?:js|d\.ts)|dist\/command\/(?:carrot|main-\w+|chunk-\w+)\.js(?:\.LEGAL\.txt)?|dist\/public\/assets\/\w+\.(?:js|css)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(
            path,
          ),
      ),
    ).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE']),
    )
  })

  it.each(['nodenext', 'bundler'])(
    'gives its types to a project with module resolution %s',
    async (resolution) => {
      const module = resolution === 'bundler' ? 'preserve' : 'nodenext'
      const options = [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--lib',
        'es2022,dom,esnext.disposable',
        '--types',
        '',
        '--module',
        module,
        '--moduleResolution',
        resolution,
      ]
      const { stdout } = await run('npx', ['tsc', ...options, join(project, 'main.ts')], {
        cwd: root,
      }).catch((error: { stdout: string }) => error)
      expect(stdout).toBe('')
    },
  )

  const runtimes = [
    ['a browser', 'es2022,dom,esnext.disposable', ''],
    ['Node', 'es2022,esnext.disposable', 'node'],
    ['Bun', 'es2022,esnext.disposable', 'bun-types'],
    ['Workers', 'es2022,esnext.disposable', '@cloudflare/workers-types'],
  ] as const

  it.each(runtimes)('has a fetch of the type that fetch has in %s', async (_, lib, types) => {
    expect(await complaints('fetch.ts', lib, types)).toBe('')
  })

  it.each(runtimes)('has entries with types for %s', async (_, lib, types) => {
    expect(await complaints('entries.ts', lib, types)).toBe('')
  })

  async function complaints(file: string, lib: string, types: string): Promise<string> {
    const settings = '--ignoreConfig --noEmit --strict --skipLibCheck --target es2022'.split(' ')
    const given = ['--module', 'nodenext', '--lib', lib, '--types', types, join(project, file)]
    const { stdout } = await run('npx', ['tsc', ...settings, ...given], { cwd: root }).catch(
      (error: { stdout: string }) => error,
    )
    return stdout
  }

  it('has a fetch of the type that fetch has in Deno', async () => {
    const { stderr } = await run('deno', ['check', '--no-lock', 'fetch.ts'], {
      cwd: project,
      env: { ...process.env, NO_COLOR: '1' },
    }).catch((error: { stderr: string }) => error)
    expect(stderr.trim()).toBe('Check fetch.ts')
  })

  it.each([
    ['node', ['node']],
    ['bun', ['bun', 'run']],
    ['deno', ['deno', 'run', '--allow-all', '--no-lock']],
  ])('runs on %s', async (_name, [command = '', ...args]) => {
    const { stdout } = await run(command, [...args, 'main.ts'], { cwd: project })
    expect(JSON.parse(stdout)).toEqual([['double', 'outer'], 2, `carrot-trace/${version}`])
  })

  it.each([
    ['node', ['node']],
    ['bun', ['bun', 'run', '--no-install']],
    ['deno', ['deno', 'run', '--allow-all', '--no-lock', '--cached-only']],
  ])(
    'sends to OpenTelemetry on %s, without its library',
    async (_name, [command = '', ...args]) => {
      const { stdout } = await run(command, [...args, 'otlp.mjs'], { cwd: project })
      const told = ['http://otlp.test/v1/traces', 'outer', 1, 'needs its library']
      expect(JSON.parse(stdout)).toEqual(told)
    },
  )

  const deno = 'run --allow-all --no-lock --node-modules-dir=manual --preload npm:carrot-trace/auto'
  it.each([
    ['node', ['node', '--import', 'carrot-trace/auto']],
    ['bun', ['bun', '--preload', 'carrot-trace/auto']],
    ['deno', ['deno', ...deno.split(' ')]],
  ])('traces a program on %s that knows nothing of it', async (_name, [command = '', ...args]) => {
    const collector = await collectorStub()
    const models = await serveModelApis(AT_ONCE)
    const env = { CARROT_API_KEY: 'sk-test', CARROT_BASE_URL: collector.url, MODELS: models.url }
    const { stdout } = await run(command, [...args, 'unaware.mjs'], {
      cwd: project,
      env: { ...process.env, ...env, DENO_NO_UPDATE_CHECK: '1' },
    })
    const records = collector.requests.flat()
    await Promise.all([collector.close(), models.close()])
    expect(stdout).toBe('true\n')
    expect(records.map(({ name, status }) => [name, status])).toEqual([
      ['chat gpt-4o', 'success'],
      ['chat gpt-4o', 'success'],
    ])
  })
})
