/**
 * Workers in a workerd of their own, as many as there are compatibility dates and flags to try.
 *
 * @module
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** The package gives the path of the program. */
const { default: program }: { default: string } = createRequire(import.meta.url)('workerd')

export interface WorkerRuntime {
  name: string
  date: string
  flags: readonly string[]
  /** Whether context follows the program across `await`. */
  ambient: boolean
}

/** From this date on Node compatibility is on unless it is told off. */
const NEWEST = '2026-10-01'
/** Before most of what Workers share with Node by now. */
const OLDEST = '2024-09-01'

export const WORKERS: readonly WorkerRuntime[] = [
  { name: `workerd of ${OLDEST}, no flags`, date: OLDEST, flags: [], ambient: false },
  {
    name: `workerd of ${OLDEST}, nodejs_als`,
    date: OLDEST,
    flags: ['nodejs_als'],
    ambient: true,
  },
  {
    name: `workerd of ${OLDEST}, nodejs_compat`,
    date: OLDEST,
    flags: ['nodejs_compat'],
    ambient: true,
  },
  {
    name: `workerd of ${NEWEST}, Node compatibility off`,
    date: NEWEST,
    flags: ['no_nodejs_compat', 'no_nodejs_compat_v2', 'no_nodejs_als'],
    ambient: false,
  },
  { name: `workerd of ${NEWEST}`, date: NEWEST, flags: [], ambient: true },
]

export interface Workers {
  /** The address of each, in their order. */
  urls: string[]
  /** What workerd has said: exceptions that nobody handled, I/O on behalf of another request. */
  log(): string
  /** Ends it, with everything that is under way in it. */
  close(): Promise<void>
}

/**
 * @param script What all of them run.
 * @param bindings Texts that each finds in its `env`.
 * @throws What workerd said, if it does not start.
 */
export async function serveWorkers(
  script: Uint8Array,
  runtimes: readonly Pick<WorkerRuntime, 'date' | 'flags'>[],
  bindings: Record<string, string> = {},
): Promise<Workers> {
  const folder = mkdtempSync(join(tmpdir(), 'carrot-trace-workerd-'))
  writeFileSync(join(folder, 'worker.js'), script)
  writeFileSync(join(folder, 'config.capnp'), configOf(runtimes, bindings))
  const child = spawn(program, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let log = ''
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  }
  const gone = once(child, 'exit')
  const close = async () => {
    child.kill('SIGKILL') // asked to end, it would wait for what is under way
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  const control = child.stdio[3]
  const ports = await Promise.race([
    portsOf(control as Readable, runtimes.length), // it is a pipe, as asked for
    gone.then(() => [] as number[]),
  ])
  if (ports.length < runtimes.length) {
    await close()
    throw new Error(`workerd did not start: ${log}`)
  }
  return { urls: ports.map((port) => `http://127.0.0.1:${port}`), log: () => log, close }
}

async function portsOf(control: Readable, count: number): Promise<number[]> {
  const ports: number[] = []
  let said = ''
  for await (const chunk of control) {
    said += String(chunk)
    for (const [, index, port] of said.matchAll(/"socket":"(\d+)","port":(\d+)/g)) {
      ports[Number(index)] = Number(port)
    }
    if (ports.filter(Boolean).length === count) return ports
  }
  return ports
}

function configOf(
  runtimes: readonly Pick<WorkerRuntime, 'date' | 'flags'>[],
  bindings: Record<string, string>,
): string {
  const services = runtimes.map((_, index) => `(name = "worker${index}", worker = .worker${index})`)
  const sockets = runtimes.map(
    (_, index) =>
      `(name = "${index}", address = "127.0.0.1:0", http = (), service = "worker${index}")`,
  )
  const texts = Object.entries(bindings).map(
    ([name, text]) => `(name = "${name}", text = "${text}")`,
  )
  const workers = runtimes.map(
    ({ date, flags }, index) => `const worker${index} :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${date}",
  compatibilityFlags = ${JSON.stringify(flags)},
  globalOutbound = "network",
  bindings = [${texts.join(', ')}],
);`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join(', ')}, (name = "network", network = (allow = ["local", "private"]))],
  sockets = [${sockets.join(', ')}],
);
${workers.join('\n')}
`
}
