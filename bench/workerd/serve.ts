/**
 * A contender's Worker, bundled as wrangler bundles, in a workerd of its own.
 *
 * @module
 */

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Servers } from '../servers/start.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** From here on Node compatibility is on unless it is told off. */
const DATE = '2026-10-01'
const OFF = ['no_nodejs_compat', 'no_nodejs_compat_v2', 'no_nodejs_als']
const START_MS = 10_000

export interface Served {
  url: string
  /** Milliseconds of CPU so far. */
  cpuMs(): number
  close(): Promise<void>
}

/** @throws What the bundler, or workerd, said last. */
export async function serve(
  contender: string,
  compatible: boolean,
  { modelUrl, collectorUrl }: Servers,
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-workerd-'))
  await bundle(contender, join(folder, 'worker.js'))
  writeFileSync(join(folder, 'config.capnp'), config(compatible, modelUrl, collectorUrl))
  const workerd = createRequire(import.meta.url)('workerd')
  const child = spawn(workerd.default, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return { url: await listening(child), cpuMs: () => cpuOf(child.pid), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function bundle(contender: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(here, 'worker.ts')],
    alias: { contender: join(here, `../contenders/${contender}.ts`) },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['cloudflare:*', 'node:*'],
    plugins: [
      {
        name: 'built-ins', // are imported by either of their names
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[a-z_]+(?:\/[a-z]+)*$/ }, ({ path }) =>
            builtinModules.includes(path) ? { path: `node:${path}`, external: true } : undefined,
          ),
      },
    ],
    logLevel: 'silent',
  })
}

function config(compatible: boolean, modelUrl: string, collectorUrl: string): string {
  const flags = compatible ? [] : OFF
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "network", network = (allow = ["local", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${DATE}",
  compatibilityFlags = ${JSON.stringify(flags)},
  globalOutbound = "network",
  bindings = [
    (name = "MODEL_URL", text = "${modelUrl}"),
    (name = "COLLECTOR_URL", text = "${collectorUrl}"),
  ],
);
`
}

/** Gives the address once it listens. */
async function listening(child: ChildProcess): Promise<string> {
  let said = ''
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
  const control = child.stdio[3]
  if (!control) throw new Error('workerd has no control channel.')
  const limit = setTimeout(() => child.kill(), START_MS)
  const told = await Promise.race([once(control, 'data'), once(child, 'exit')])
  clearTimeout(limit)
  const port = /"port":(\d+)/.exec(String(told[0]))?.[1]
  if (port) return `http://127.0.0.1:${port}`
  const [reason] = /(?:No such module|Uncaught|Error:).*/.exec(said) ?? [said.split('\n')[0]]
  throw new Error(reason ?? 'workerd ended.')
}

/** Of the process, from the kernel's book; unknown where there is none. */
function cpuOf(pid: number | undefined): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [user, system] = rest.split(' ').slice(11, 13)
    return (Number(user) + Number(system)) * 10 // in hundredths of a second
  } catch {
    return Number.NaN
  }
}
