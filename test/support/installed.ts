/**
 * The package as `npm install carrot-trace` leaves it in a bare project, for tests that ask for it with
 * `inject('installed')`.
 *
 * Packed as it would be published and installed by npm itself, with no registry: the one package that
 * it needs is packed from where it is installed here. Once a run, however many projects ask.
 *
 * @module
 */

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

export interface Installed {
  /** The bare project. Tests may put programs of their own beside what is there. */
  folder: string
  /** What is in the tarball. */
  files: string[]
}

declare module 'vitest' {
  interface ProvidedContext {
    installed: Installed
  }
}

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
/** What programs of tests are written with; linked, for they are no part of what is tested. */
const CLIENTS = ['openai', '@anthropic-ai/sdk', 'hono']

/** Each project loads this module anew, in the one process that runs them all. */
const shared: typeof globalThis & { carrotTraceInstalled?: Promise<Installed> | undefined } =
  globalThis

export async function setup(project: TestProject): Promise<() => void> {
  const installed = await (shared.carrotTraceInstalled ??= install())
  project.provide('installed', installed)
  return () => {
    shared.carrotTraceInstalled = undefined
    rmSync(installed.folder, { recursive: true, force: true })
  }
}

async function install(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), 'carrot-trace-'))
  const manifest = { type: 'module', private: true }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const [own, parser] = await Promise.all([
    pack(root, folder),
    pack(join(root, 'node_modules/eventsource-parser'), folder),
  ])
  const quietly = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['install', ...quietly, own.tarball, parser.tarball], { cwd: folder })
  for (const client of CLIENTS) {
    const link = join(folder, 'node_modules', client)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', client), link)
  }
  // As if it had come from the registry: Deno looks for the version that is asked for.
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const dependencies = { 'carrot-trace': version }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }))
  return { folder, files: own.files }
}

async function pack(source: string, folder: string): Promise<{ tarball: string; files: string[] }> {
  const options = ['--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await run('npm', ['pack', source, ...options])
  const [{ filename, files }] = JSON.parse(stdout) as [
    { filename: string; files: { path: string }[] },
  ]
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}
