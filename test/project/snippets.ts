/**
 * The TypeScript blocks of the documents, and of the docstrings of everything public, as files that can be
 * compiled and run.
 *
 * A block says after `ts` where it runs if that is not Node: `ts deno`, `ts bun`, `ts workers`.
 *
 * @module
 */

import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Runtime = 'node' | 'deno' | 'bun' | 'workers'

export interface Snippet {
  place: string
  code: string
  runtime: Runtime
}

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
    /\bmessage\.body\b/,
    /const message\b/,
    "const message = { body: { trace: carrot.startSpan('enqueue').export() } }",
  ],
  [/parent: request\b/, /request: Request/, "const request = new Request('https://example.com')"],
  [/\bsearch\(/, /(?:function|const) search\b/, 'const search = async (query: string) => [query]'],
]

/** What `wrangler types` would say of the bindings, and as much of Deno as the examples use. */
const AMBIENT = {
  'env.d.ts': 'declare namespace Cloudflare { interface Env { OPENAI_API_KEY: string } }',
  'deno.d.ts':
    'declare namespace Deno { function serve(handler: (request: Request) => Response | Promise<Response>): void }',
}

/** @param patterns Of files of the project. */
export function snippetsOf(...patterns: string[]): Snippet[] {
  return globSync(patterns, { cwd: root })
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8').replace(/^ \* ?/gm, '')
      return [...text.matchAll(/```ts(?: (\w+))?\n([\s\S]*?)```/g)].map(
        ([, named, code = ''], index) => ({
          place: `${file}, example ${index + 1}`,
          code: `${prelude(code)}${code}`,
          runtime: runtimeOf(file, named, code),
        }),
      )
    })
}

function runtimeOf(file: string, named: string | undefined, code: string): Runtime {
  if (named === 'deno' || named === 'bun' || named === 'workers') return named
  if (named) throw new Error(`${file} has a block for "${named}", and nothing to run it on.`)
  const isOfWorkers = file === 'docs/workers.md' || code.includes("'cloudflare:workers'")
  return isOfWorkers ? 'workers' : 'node'
}

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

/** Writes each as `<index>.ts`, with what is said of addresses replaced by where things really are. */
export function write(
  snippets: readonly Snippet[],
  folder: string,
  addresses: Readonly<Record<string, string>>,
): void {
  mkdirSync(folder, { recursive: true })
  for (const [index, { code }] of snippets.entries()) {
    const placed = Object.entries(addresses).reduce(
      (text, [said, real]) => text.replaceAll(said, real),
      code,
    )
    writeFileSync(join(folder, `${index}.ts`), placed)
  }
  for (const [name, text] of Object.entries(AMBIENT)) writeFileSync(join(folder, name), text)
  const filesOf = (isOfWorkers: boolean) =>
    snippets.flatMap(({ runtime }, index) =>
      (runtime === 'workers') === isOfWorkers ? [`${index}.ts`] : [],
    )
  // By name: a folder that begins with a dot is passed over by patterns.
  writeConfig(folder, 'tsconfig.json', '../../tsconfig.json', {}, ['deno.d.ts', ...filesOf(false)])
  const globals = { lib: ['es2024'], types: ['@cloudflare/workers-types'] }
  const ofWorkers = ['env.d.ts', ...filesOf(true)]
  writeConfig(folder, 'tsconfig.workers.json', '../../../tsconfig.json', globals, ofWorkers)
}

function writeConfig(
  folder: string,
  name: string,
  base: string,
  options: object,
  files: string[],
): void {
  const compilerOptions = { ...options, noUnusedLocals: false, noUnusedParameters: false }
  const config = { extends: base, compilerOptions, include: [], files }
  writeFileSync(join(folder, name), JSON.stringify(config))
}

/** What the compiler says of them, by their places; nothing if they hold. */
export async function compile(snippets: readonly Snippet[], folder: string): Promise<string> {
  const run = promisify(execFile)
  const said = await Promise.all(
    ['tsconfig.json', 'tsconfig.workers.json'].map((config) =>
      run('npx', ['tsc', '-p', join(folder, config)], { cwd: root }).catch(
        (error: { stdout: string }) => error,
      ),
    ),
  )
  return said
    .map(({ stdout }) => stdout)
    .join('')
    .replace(
      /(?:test\/project\/)?\.[\w-]+\/(\d+)\.ts/g,
      (_all, index: string) => snippets[Number(index)]?.place ?? index,
    )
}

/** A program of it, which finds packages where the project does. */
export async function bundle(
  folder: string,
  name: string,
  alias: Record<string, string> = {},
): Promise<string> {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    alias,
    format: 'esm',
    target: 'es2022', // lowers decorators and `using`
    keepNames: true, // as wrangler does
  })
  return outfile
}
