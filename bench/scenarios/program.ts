/**
 * What a contender adds to a program before it does anything: its size, and its import.
 *
 * @module
 */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, type Platform } from 'esbuild'
import type { Contender } from '../contenders/contender.ts'
import { quantile } from './calls.ts'
import type { Measures, Scenario } from './scenario.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const IMPORTS = 4
const LAST_WORD = `process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  console.log(JSON.stringify({ ms: (user + system) / 1000, mb: process.resourceUsage().maxRSS / 1000 }))
  process.exit(0)
})
process.exit(0)`

export const importing: Scenario = {
  name: 'import',
  title: 'Importing it',
  about:
    'A whole process that imports the client, and the contender beside it, unbundled, and ends.',
  columns: [
    { measure: 'cpuMs', title: 'CPU of the process', unit: 'ms', digits: 1, compared: true },
    { measure: 'peakRssMb', title: 'peak resident', unit: 'MB', digits: 1, compared: true },
  ],
  chart: { measure: 'cpuMs', says: 'CPU of a process that imports it' },
  without: ['floor'],
  maxRounds: 3,
  async outside({ imports, baseline }) {
    const client = baseline === 'bare' ? 'openai' : 'openai-6'
    const program = [
      `import OpenAI from '${client}'`,
      ...imports.map((specifier) => `import '${specifier}'`),
      `new OpenAI({ apiKey: 'sk-bench' })`,
      LAST_WORD,
    ].join('\n')
    const runs: { ms: number; mb: number }[] = []
    for (let run = 0; run < IMPORTS; run += 1) {
      const node = ['--input-type=module', '--eval', program]
      const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: folder })
      runs.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}'))
    }
    return {
      cpuMs: quantile(
        runs.map(({ ms }) => ms),
        0.5,
      ),
      peakRssMb: quantile(
        runs.map(({ mb }) => mb),
        0.5,
      ),
    }
  },
}

const PLATFORMS: readonly Platform[] = ['neutral', 'browser', 'node']

export const size: Scenario = {
  name: 'size',
  title: 'Its size',
  about:
    'An application of one traced client, bundled and minified, less the same application untraced; gzipped.',
  columns: PLATFORMS.map((platform) => ({
    measure: platform,
    title: `for ${platform}`,
    unit: 'KB',
    digits: 1,
  })),
  chart: { measure: 'node', says: 'added to an application for Node, gzipped', unit: 'KB' },
  without: ['bare', 'bare-6'],
  maxRounds: 1,
  async outside({ name, baseline }) {
    const measures: Measures = {}
    for (const platform of PLATFORMS) measures[platform] = await added(name, baseline, platform)
    return measures
  },
}

async function added(name: string, baseline: string, platform: Platform): Promise<number | string> {
  try {
    return ((await bundled(name, platform)) - (await bundled(baseline, platform))) / 1_000
  } catch (error) {
    const [first] = error instanceof Error ? error.message.split('\n').slice(1) : []
    return `does not build: ${/error: (.*)/i.exec(first ?? '')?.[1] ?? 'unknown'}`
  }
}

async function bundled(name: Contender['name'], platform: Platform): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}contenders/${name}.ts`],
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    ...(platform === 'neutral' && { mainFields: ['module', 'main'] }),
    write: false,
    logLevel: 'silent',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}
