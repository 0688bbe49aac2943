import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTestHarness } from 'wrangler'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { serveModelApis, type ModelServer } from '../../examples/model-apis/serve.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'
import { bundle, compile, root, snippetsOf, write, type Runtime } from '../project/snippets.ts'

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_LOG = 'none'

const run = promisify(execFile)
const folder = join(root, 'test/project/.guides') // inside the project, so that its packages are found
const caller = join(root, 'test/programs/call.ts')
const blocks = snippetsOf('docs/guides/*.md').map((block, index) => ({ ...block, index }))

const COMMANDS: Record<Exclude<Runtime, 'workers'>, [command: string, ...options: string[]]> = {
  node: ['node'],
  bun: ['bun', 'run'],
  deno: ['deno', 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual', '--quiet'],
}

let models: ModelServer
let collector: CollectorStub

beforeAll(async () => {
  models = await serveModelApis(AT_ONCE)
  collector = await collectorStub()
  write(blocks, folder, {
    'http://localhost:8787': collector.url,
    'http://localhost:11434': models.url,
    'http://localhost:3000': models.url,
  })
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await Promise.all([models.close(), collector.close()])
})

/** Everything that a block needs of its environment. */
function environment(): Record<string, string> {
  return {
    CARROT_API_KEY: 'sk-test',
    CARROT_BASE_URL: collector.url,
    OPENAI_API_KEY: 'sk-stand-in',
    OPENAI_BASE_URL: `${models.url}/v1`,
    ANTHROPIC_API_KEY: 'sk-stand-in',
    ANTHROPIC_BASE_URL: models.url,
    GOOGLE_GEMINI_BASE_URL: models.url,
  }
}

/** How the calls ended that were recorded after so many requests. */
function callsSince(count: number): unknown[] {
  return collector.requests
    .slice(count)
    .flat()
    .flatMap(({ metadata, status }) => (metadata?.model ? [status] : []))
}

describe('the blocks of the guides', () => {
  it('compile', async () => {
    expect(await compile(blocks, folder)).toBe('')
  })

  it.each(blocks.filter(({ runtime }) => runtime !== 'workers'))(
    'record what they call: $place, on $runtime',
    async ({ index, runtime }) => {
      const program = await bundle(folder, String(index))
      const [command, ...options] = COMMANDS[runtime === 'workers' ? 'node' : runtime]
      const before = collector.requests.length
      const { stderr } = await run(command, [...options, caller, program], {
        cwd: root,
        env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', ...environment() },
      })
      expect(stderr).toBe('')
      expect(callsSince(before)).toContain('success')
    },
  )

  it.each(blocks.filter(({ runtime }) => runtime === 'workers'))(
    'record what they call: $place, in workerd',
    async ({ index, code }) => {
      const classes = ['Conversation'].filter((name) => code.includes(`const ${name} =`))
      const bindings = classes.map((class_name) => ({ name: 'CONVERSATIONS', class_name }))
      const harness = createTestHarness({
        workers: [
          {
            config: {
              name: 'guide',
              main: join(folder, `${index}.ts`),
              compatibility_date: '2026-10-01',
              durable_objects: { bindings },
              migrations: [{ tag: 'v1', new_sqlite_classes: classes }],
              vars: environment(),
            },
          },
        ],
      })
      const before = collector.requests.length
      const { url } = await harness.listen()
      const reply = await fetch(url, { method: 'POST', body: 'My password?' })
      expect(await reply.text()).toContain('Settings > Security')
      await collector.until(() => callsSince(before).includes('success'))
      await harness.close()
    },
  )
})
