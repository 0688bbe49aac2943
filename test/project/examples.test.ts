import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { serveModelApis, type ModelServer } from '../../examples/model-apis/serve.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'

/** What `wrangler types` would say of the bindings. */
const ENV = 'declare namespace Cloudflare { interface Env { OPENAI_API_KEY: string } }'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'test/project/.examples') // inside the project, so that its packages are found

/** What a reader of the page already has, unless the example brings it. */
const GIVEN: [used: RegExp, brought: RegExp, line: string][] = [
  [/\bcarrot\./, /import \* as carrot/, "import * as carrot from 'carrot-trace'"],
  [/\bOpenAI\b/, /import OpenAI/, "import OpenAI from 'openai'"],
  [/\bopenai\./, /const openai\b/, 'const openai = carrot.wrap(new OpenAI())'],
  [
    /\bqueue\./,
    /const queue\b/,
    'const queue = { send: async (body: object) => console.log(body) }',
  ],
  [
    /\bmessage\./,
    /const message\b/,
    "const message = { body: { trace: carrot.startSpan('enqueue').export() } }",
  ],
  [/parent: request\b/, /request: Request/, "const request = new Request('https://example.com')"],
  [/\bsearch\(/, /function search/, 'const search = async (query: string) => [query]'],
]

interface Example {
  place: string
  code: string
  /** Written for Workers, with their globals and modules. */
  isOfWorkers: boolean
}

/** The TypeScript blocks of the documents, and of the docstrings of everything public. */
const examples: Example[] = [
  'README.md',
  ...globSync('docs/*.md', { cwd: root }),
  ...globSync('src/**/*.ts', { cwd: root }),
]
  .toSorted()
  .flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/^ \* ?/gm, '')
    return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ''], index) => ({
      place: `${file}, example ${index + 1}`,
      code: `${prelude(code)}${code}`,
      isOfWorkers: file === 'docs/workers.md' || code.includes("'cloudflare:workers'"),
    }))
  })

function prelude(code: string): string {
  const lines: string[] = []
  for (const [used, brought, line] of GIVEN.toReversed()) {
    const all = code + lines.join('\n')
    if (used.test(all) && !brought.test(all)) lines.unshift(line)
  }
  // The imports first, whatever order they were found in.
  return [
    ...lines.toSorted(
      (one, two) => Number(two.startsWith('import')) - Number(one.startsWith('import')),
    ),
    '',
  ].join('\n')
}

let models: ModelServer
let collector: CollectorStub

beforeAll(async () => {
  models = await serveModelApis(AT_ONCE)
  collector = await collectorStub()
  mkdirSync(folder, { recursive: true })
  for (const [index, { code }] of examples.entries()) {
    writeFileSync(
      join(folder, `${index}.ts`),
      code.replaceAll('http://localhost:8787', collector.url),
    )
  }
  const filesOf = (isOfWorkers: boolean) =>
    examples.flatMap((example, index) =>
      example.isOfWorkers === isOfWorkers ? [`${index}.ts`] : [],
    )
  // By name: a folder that begins with a dot is passed over by patterns.
  writeConfig('tsconfig.json', '../../tsconfig.json', {}, filesOf(false))
  writeFileSync(join(folder, 'env.d.ts'), ENV)
  const globals = { lib: ['es2024'], types: ['@cloudflare/workers-types'] }
  const ofWorkers = ['env.d.ts', ...filesOf(true)]
  writeConfig('tsconfig.workers.json', '../../../tsconfig.json', globals, ofWorkers)
})

function writeConfig(name: string, base: string, options: object, files: string[]): void {
  const compilerOptions = { ...options, noUnusedLocals: false, noUnusedParameters: false }
  const config = { extends: base, compilerOptions, include: [], files }
  writeFileSync(join(folder, name), JSON.stringify(config))
}

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await Promise.all([models.close(), collector.close()])
})

describe('the examples in documents and docstrings', () => {
  it('are there', () => {
    expect(examples.length).toBeGreaterThan(10)
  })

  it.each(['tsconfig.json', 'tsconfig.workers.json'])('compile: %s', async (config) => {
    const { stdout } = await run('npx', ['tsc', '-p', join(folder, config)], { cwd: root }).catch(
      (error: { stdout: string }) => error,
    )
    const named = stdout.replace(
      /(?:test\/project\/)?\.examples\/(\d+)\.ts/g,
      (_all, index: string) => examples[Number(index)]?.place ?? index,
    )
    expect(named).toBe('')
  })

  it.each(examples.map(({ place }, index) => ({ place, index })))(
    'run: $place',
    async ({ index }) => {
      const outfile = join(folder, `${index}.mjs`)
      await build({
        entryPoints: [join(folder, `${index}.ts`)],
        outfile,
        bundle: true,
        packages: 'external',
        alias: { 'cloudflare:workers': join(root, 'test/project/cloudflare-workers.ts') },
        format: 'esm',
        target: 'es2022', // lowers decorators and `using`
        keepNames: true, // as wrangler does
      })
      const { stderr } = await run('node', [outfile], {
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
