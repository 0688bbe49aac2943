import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import type * as Carrot from 'carrot-trace'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Of the Web platform, what is used: all of it is in WinterTC's minimum. What is added here has to be. */
const WEB = [
  'AbortController',
  'AbortSignal',
  'Blob',
  'CompressionStream',
  'FormData',
  'Headers',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'atob',
  'clearTimeout',
  'console',
  'crypto',
  'performance',
  'setTimeout',
]

/** Only workerd has them, only imports give them, and nothing else is imported: when it is workerd. */
const LAZY = [
  { path: 'node:async_hooks', kind: 'dynamic-import', external: true },
  { path: 'cloudflare:workers', kind: 'dynamic-import', external: true },
]

const ENTRIES: [entry: string, lazy: typeof LAZY, also?: string[]][] = [
  ['carrot-trace', LAZY],
  ['carrot-trace/core', LAZY],
  ['carrot-trace/formats', []],
  ['carrot-trace/auto', LAZY],
  ['carrot-trace/otlp', [], ['btoa']],
]

/** All that an entry reaches, as a script that leaves its exports in the global `carrot`. */
async function bundled(entry: string) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import * as carrot from '${entry}'; Object.assign(globalThis, { carrot })`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm', // in which imports stay as they are
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['node:*', 'cloudflare:*'],
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  return { script: outputFiles[0]?.text ?? '', imports }
}

/** The names that a script takes from around it, but for those of the language. */
async function freeNames(script: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'carrot-trace-'))
  const file = join(folder, 'script.js')
  const config = join(folder, 'oxlint.json')
  writeFileSync(file, script)
  writeFileSync(config, JSON.stringify({ plugins: [], categories: { correctness: 'off' } }))
  const lint = join(root, 'node_modules/.bin/oxlint')
  const options = ['--config', config, '--deny', 'no-undef', '--format', 'json']
  const { stdout } = await run(lint, [...options, file]).catch((error: { stdout: string }) => error)
  rmSync(folder, { recursive: true })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { message: string }[] }
  const names = diagnostics.flatMap(
    ({ message }) => /^'(.+)' is not defined/.exec(message)?.[1] ?? [],
  )
  return [...new Set(names)].toSorted()
}

/** Evaluates a script where there is nothing but this; what it imports. */
function evaluate(script: string, globals: Record<string, unknown>) {
  const imported: string[] = []
  const importing = async (specifier: string) => {
    imported.push(specifier)
    throw new Error('There is no such module.')
  }
  const context = createContext({ ...globals, importing })
  runInContext(script.replaceAll(/\bimport\(/g, 'importing('), context)
  return { imported, carrot: context.carrot as typeof Carrot }
}

/** Something that must not be touched: neither called, nor constructed, nor asked for a property. */
function untouchable(name: string): unknown {
  const refuse = () => {
    throw new Error(`${name} was touched`)
  }
  return new Proxy(function () {}, { apply: refuse, construct: refuse, get: refuse })
}

describe.each(ENTRIES)('%s', (entry, lazy, also = []) => {
  it('imports what workerd has inside when it is workerd, and nothing else', async () => {
    expect((await bundled(entry)).imports).toEqual(lazy)
  })

  it('names no other module of a runtime than those it asks the runtime for', async () => {
    const { script } = await bundled(entry)
    const named = script.match(/\b(?:node|bun|cloudflare|deno):[\w/]+/g) ?? []
    expect([...new Set(named)].toSorted()).toEqual(
      lazy.length > 0 ? ['cloudflare:workers', 'node:async_hooks', 'node:worker_threads'] : [],
    )
  })

  it('takes nothing from around it but the Web platform', async () => {
    const names = await freeNames((await bundled(entry)).script)
    expect(names.filter((name) => !WEB.includes(name))).toEqual(also)
  })
})

describe('the main entry', () => {
  it('uses all that is listed of the Web platform', async () => {
    expect(await freeNames((await bundled('carrot-trace')).script)).toEqual(WEB)
  })

  it.each([
    ['elsewhere', {}, []],
    ['in workerd', { WebSocketPair: true }, LAZY.map(({ path }) => path)],
  ])('does nothing when it is loaded but import, %s', async (_where, also, imports) => {
    const { script } = await bundled('carrot-trace')
    const web = Object.fromEntries(WEB.map((name) => [name, untouchable(name)]))
    const neverCalled = () => {
      throw new Error('fetch was called')
    }
    const clock = `Date = undefined; Math.random = () => { throw new Error('chance was asked for') };`
    const { imported } = evaluate(clock + script, { ...web, fetch: neverCalled, ...also })
    expect(imported.toSorted()).toEqual([...imports].toSorted())
  })

  it('records a call where there is nothing but the Web platform', async () => {
    const { script } = await bundled('carrot-trace')
    const web = Object.fromEntries(WEB.map((name) => [name, Reflect.get(globalThis, name)]))
    // In a realm of its own, with promises of another: as code in frames and sandboxes has it.
    const { carrot } = evaluate(script, { ...web, fetch: globalThis.fetch })
    const recorded = carrot.memory()
    const told: unknown[] = []
    const reply = {
      model: 'gpt-4o-1',
      choices: [{ message: { role: 'assistant', content: 'Hi' } }],
    }
    const tracer = carrot.createTracer({
      exporters: [recorded],
      context: 'off',
      fetch: async () => Response.json(reply),
      onError: (error) => told.push(error),
    })
    const url = 'https://api.openai.com/v1/chat/completions'
    const init = { method: 'POST', body: '{"model":"gpt-4o","messages":[]}' }
    const text = await tracer.span('step', async (s) => (await s.fetch(url, init)).text())
    expect(JSON.parse(text)).toEqual(reply)
    expect(told).toEqual([])
    expect(recorded.records.map(({ name, status }) => [name, status])).toEqual([
      ['chat gpt-4o', 'success'],
      ['step', 'success'],
    ])
    expect(await tracer.flush()).toEqual({ accepted: 2, rejected: 0, dropped: 0, pending: 0 })
  })
})
