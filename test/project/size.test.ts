import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as formats from 'carrot-trace/formats'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What an application would ship of a program: its bytes gzipped, and the packages in it. */
async function bundled(program: string, platform: 'neutral' | 'browser' | 'node' = 'neutral') {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    mainFields: ['module', 'main'],
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const packages = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? [],
  )
  return {
    bytes: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length,
    packages: [...new Set(packages)],
  }
}

const core = `import { createTracer } from 'carrot-trace/core'\n`
const withFormats = (names: readonly string[]) =>
  `${core}import { ${names.join(', ')} } from 'carrot-trace/formats'\n` +
  `export const tracer = createTracer({ formats: [${names.join(', ')}] })`
/** The others are framings, and what a format of one's own is made with. */
const names = Object.entries(formats).flatMap(([name, value]) =>
  typeof value === 'object' ? [name] : [],
)

const main = `export * from 'carrot-trace'\n`

/** Each in bytes, gzipped. They only go down; what raises one says in docs/decisions/0001-size.md why. */
const BUDGETS: [what: string, bytes: number, program: string][] = [
  ['all of the main entry', 50_000, `export * from 'carrot-trace'`],
  ['the core without formats', 28_900, `${core}export const tracer = createTracer()`],
  ['the core and one format', 33_700, withFormats(['openaiChat'])],
  ['testing', 13_900, `export * from 'carrot-trace/testing'`],
  ['export', 3_550, `export * from 'carrot-trace/export'`],
  ['the main entry and Workers', 55_350, `${main}export * from 'carrot-trace/workers'`],
  ['the main entry and Hono', 52_500, `${main}export * from 'carrot-trace/hono'`],
  ['sending to OpenTelemetry', 9_100, `export { otlp } from 'carrot-trace/otlp'`],
  ['sending to OpenTelemetry, with every profile', 10_850, `export * from 'carrot-trace/otlp'`],
]

describe('carrot-trace, bundled', () => {
  it.each(BUDGETS)('is within its size: %s', async (what, budget, program) => {
    const { bytes } = await bundled(program)
    console.log(`${what}: ${bytes} bytes gzipped`)
    expect(bytes).toBeLessThanOrEqual(budget)
  })

  it.each(['neutral', 'browser', 'node'] as const)(
    'has no package in it but the one for server-sent events, for platform %s',
    async (platform) => {
      const { packages } = await bundled(`export * from 'carrot-trace'`, platform)
      expect(packages).toEqual(['eventsource-parser'])
    },
  )

  it.each(['workers', 'hono'])('has none either with the entry for %s', async (entry) => {
    const { packages } = await bundled(`${main}export * from 'carrot-trace/${entry}'`)
    expect(packages).toEqual(['eventsource-parser'])
  })

  it('has no package in it where there are no formats', async () => {
    expect((await bundled(`${core}export const tracer = createTracer()`)).packages).toEqual([])
  })

  it('has no package in it that sends to OpenTelemetry in JSON', async () => {
    expect((await bundled(`export * from 'carrot-trace/otlp'`)).packages).toEqual([])
  })

  it.each(names)('pays at most 800 bytes for one more format: %s', async (name) => {
    const others = names.filter((other) => other !== name)
    const [all, without] = await Promise.all([
      bundled(withFormats(names)),
      bundled(withFormats(others)),
    ])
    console.log(`${name}: ${all.bytes - without.bytes} bytes gzipped`)
    expect(all.bytes - without.bytes).toBeLessThanOrEqual(800)
  })
})
