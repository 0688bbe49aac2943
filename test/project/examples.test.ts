import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { serveModelApis, type ModelServer } from '../../examples/model-apis/serve.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'
import { bundle, compile, root, snippetsOf, write } from './snippets.ts'

const run = promisify(execFile)
const folder = join(root, 'test/project/.examples') // inside the project, so that its packages are found
const examples = snippetsOf('README.md', 'docs/*.md', 'src/**/*.ts')

let models: ModelServer
let collector: CollectorStub

beforeAll(async () => {
  models = await serveModelApis(AT_ONCE)
  collector = await collectorStub()
  write(examples, folder, { 'http://localhost:8787': collector.url })
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await Promise.all([models.close(), collector.close()])
})

describe('the examples in documents and docstrings', () => {
  it('are there', () => {
    expect(examples.length).toBeGreaterThan(10)
  })

  it('compile', async () => {
    expect(await compile(examples, folder)).toBe('')
  })

  it.each(examples.map(({ place }, index) => ({ place, index })))(
    'run: $place',
    async ({ index }) => {
      const program = await bundle(folder, String(index), {
        'cloudflare:workers': join(root, 'test/project/cloudflare-workers.ts'),
      })
      const { stderr } = await run('node', [program], {
        cwd: root,
        env: {
          ...process.env,
          CARROT_API_KEY: 'sk-test',
          CARROT_BASE_URL: collector.url,
          OPENAI_API_KEY: 'sk-stand-in',
          OPENAI_BASE_URL: `${models.url}/v1`,
        },
      })
      expect(stderr).toBe('')
    },
  )

  it('were recorded, those that record', () => {
    const names = new Set(collector.requests.flat().map(({ name }) => name))
    for (const name of ['answerQuestion', 'search', 'chat gpt-4o', 'pipeline', 'step'])
      expect(names).toContain(name)
  })
})
