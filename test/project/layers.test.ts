import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The folder is the layer: what each may import beside its own files. `docs/architecture.md` says
 * why. The longest folder that fits counts.
 */
const LAYERS: Record<string, readonly string[]> = {
  src: [
    'src/lib',
    'src/lib/export',
    'src/lib/formats',
    'src/lib/framing',
    'src/lib/jsonl',
    'src/lib/otlp',
    'src/lib/testing',
    'src/lib/tracer',
    'src/lib/workers',
  ],
  'src/lib': [],
  'src/lib/runtime': ['src/lib', 'node:*', 'cloudflare:workers'],
  'src/lib/framing': ['src/lib', 'eventsource-parser'],
  'src/lib/formats': ['src/lib', 'src/lib/framing'],
  'src/lib/capture': ['src/lib', 'src/lib/runtime', 'src/lib/framing', 'src/lib/formats'],
  'src/lib/export': ['src/lib', 'src/lib/runtime'],
  'src/lib/otlp': [
    'src/lib',
    'src/lib/runtime',
    'src/lib/export',
    '@opentelemetry/otlp-transformer',
  ],
  'src/lib/tracer': [
    'src/lib',
    'src/lib/runtime',
    'src/lib/formats',
    'src/lib/capture',
    'src/lib/export',
  ],
  'src/lib/jsonl': ['src/lib', 'src/lib/formats'],
  'src/lib/testing': [
    'src/lib',
    'src/lib/runtime',
    'src/lib/formats',
    'src/lib/capture',
    'src/lib/export',
    'src/lib/tracer',
  ],
  'src/lib/workers': [
    'src/lib',
    'src/lib/runtime',
    'src/lib/formats',
    'src/lib/capture',
    'src/lib/export',
    'src/lib/tracer',
    'hono', // its types
  ],
  'worker/store': ['src/lib'],
  'worker/store/sqlite': ['src/lib', 'worker/store', 'node:*'],
  'worker/store/d1': ['src/lib', 'worker/store', 'worker/store/sqlite'],
  'worker/store/clickhouse': ['src/lib', 'worker/store'],
  'worker/store/durable': ['src/lib', 'worker/store', 'worker/store/sqlite', 'cloudflare:workers'],
  'worker/auth': [
    'src/lib',
    'worker/store',
    'worker/store/sqlite',
    'worker/store/durable',
    'hono',
    'jose',
    'cloudflare:workers',
  ],
  'worker/export': ['src/lib', 'src/lib/jsonl', 'src/lib/otlp', 'worker/store'],
  'worker/api': [
    'src/lib',
    'worker/store',
    'worker/query',
    'worker/auth',
    'worker/export',
    'hono',
    'node:*',
  ],
  'worker/otlp': [
    'src/lib',
    'src/lib/formats',
    'src/lib/otlp',
    'worker/store',
    'worker/auth',
    'worker/api',
    'hono',
    '@bufbuild/protobuf/wire',
  ],
  'worker/operations': ['worker/api', 'worker/auth', 'worker/store', 'hono'],
  'worker/query': ['src/lib', 'worker/store'],
  'worker/price': ['src/lib', 'worker/store', '@pydantic/genai-prices'],
  'worker/dashboard': [
    'src/lib',
    'worker/store',
    'worker/query',
    'worker/auth',
    'worker/price',
    'diff',
    'hono',
    'marked',
  ],
  'worker/dashboard/islands': [],
  'worker/live': ['worker/store'],
  worker: [
    'src/lib',
    'worker/api',
    'worker/auth',
    'worker/dashboard',
    'worker/operations',
    'worker/otlp',
    'worker/price',
    'worker/store',
    'worker/store/d1',
    'worker/store/clickhouse',
    'worker/store/durable',
    'hono',
    'cloudflare:workers',
  ],
  'worker/node': ['worker/store', 'worker/store/sqlite', 'node:*'],
  'worker/host': [
    'worker',
    'worker/api',
    'worker/auth',
    'worker/dashboard',
    'worker/live',
    'worker/node',
    'worker/operations',
    'worker/price',
    '@hono/node-server',
    'hono',
    'node:*',
  ],
  'worker/command': [
    'src/lib',
    'src/lib/export',
    'src/lib/runtime',
    'carrot-trace',
    'worker',
    'worker/api',
    'worker/auth',
    'worker/cli',
    'worker/export',
    'worker/host',
    'worker/node',
    'worker/price',
    'worker/store',
    'commander',
    'node:*',
  ],
  'worker/cli': ['wrangler', 'worker/auth', 'node:*'],
}

/** Of the folders inside, only these are a layer of their own; the others belong to the one above. */
const folders = Object.keys(LAYERS).toSorted((one, two) => two.length - one.length)

function layerOf(path: string): string {
  return (
    folders.find((folder) => path.startsWith(`${folder}/`)) ?? path.split('/').slice(0, 1).join()
  )
}

/** A statement at the beginning of a line, or a call. */
const IMPORT = /(?:^(?:import|export)\b[^'"`]*?from\s+|^import\s+|\bimport\(\s*)'([^']+)'/gm

interface Import {
  file: string
  from: string
  to: string
}

const imports: Import[] = globSync('{src,worker}/**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !file.endsWith('.d.ts'))
  .flatMap((file) =>
    [...code(file).matchAll(IMPORT)].map(([, specifier = '']) => ({
      file,
      from: layerOf(file),
      to: specifier.startsWith('.')
        ? layerOf(relative(root, join(root, dirname(file), specifier)))
        : specifier.replace(/^node:.*/, 'node:*').replace(/^(hono)\/.*/, '$1'),
    })),
  )

/** Without comments and templates: examples in them import as users do. */
function code(file: string): string {
  return readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/`(?:[^`\\]|\\.)*`/g, '``')
}

describe('the layers', () => {
  it('are imported downwards alone', () => {
    const wrong = imports.filter(({ from, to }) => {
      const may = LAYERS[from] ?? []
      return (
        to !== from &&
        !may.includes(to) &&
        !may.some((name) => name.startsWith(to.replace('*', '')))
      )
    })
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  })

  it('are all there: every file stands in one', () => {
    expect(imports.filter(({ from }) => !(from in LAYERS)).map(({ file }) => file)).toEqual([])
    expect(imports.length).toBeGreaterThan(100)
  })

  it('keep runtimes in the one folder that may name them', () => {
    const named = globSync('src/**/*.ts', { cwd: root })
      .filter((file) => !file.includes('/runtime/'))
      .filter((file) =>
        /\b(?:process|Deno|Bun|navigator|require|__dirname)\b\s*[.(?]|'(?:node|bun|cloudflare):/.test(
          code(file),
        ),
      )
    expect(named).toEqual([])
  })

  it('leave the public API to be seen at a glance: named exports of src/*.ts', () => {
    for (const file of globSync('src/*.ts', { cwd: root })) {
      expect(code(file)).not.toMatch(/export \*|export default/)
    }
  })
})
