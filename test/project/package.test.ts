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
export const entries = [same, app]
`,
  )
  cpSync(join(root, 'test/project/unaware.mjs'), join(project, 'unaware.mjs'))
})

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    expect(
      files.filter(
        (path) =>
          !/^(?:dist\/(?:index|auto|core|export|formats|hono|testing|workers|lib\/[\w/-]+)\.(?:js|d\.ts)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(
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

  it.each(runtimes)('has entries for Workers and Hono with types for %s', async (_, lib, types) => {
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
