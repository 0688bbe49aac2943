/** The command as a process: run to its end, or running until it is told to stop. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Installed } from '../support/installed.ts'
import { nodeOf } from '../support/nodes.ts'

export interface Runtime {
  name: string
  command: readonly string[]
}

const deno = ['deno', 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual']

export const RUNTIMES: readonly Runtime[] = [
  { name: 'Node 22', command: [nodeOf(22)] },
  { name: 'Node 24', command: [process.execPath] },
  { name: 'Bun', command: ['bun', 'run'] },
  { name: 'Deno', command: deno },
]

export const NODE: Runtime = { name: 'Node', command: [process.execPath] }

export interface Ended {
  /** The exit code, or the signal that ended it. */
  ended: number | NodeJS.Signals | null
  stdout: string
  stderr: string
}

interface Options {
  cwd: string
  env?: Record<string, string>
  input?: string
}

/** What a test must not find in the environment of whoever runs it. */
const NOTHING = {
  CARROT_API_KEY: '',
  CARROT_BASE_URL: undefined,
  CARROT_FOLDER: undefined,
  CARROT_PASSWORD: '',
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
}

function launch(
  { command: [program = '', ...args] }: Runtime,
  words: readonly string[],
  { cwd, env }: Options,
) {
  const { folder }: Installed = inject('installed')
  const file = join(folder, 'node_modules/carrot-trace/dist/command/carrot.js')
  const child = spawn(program, [...args, file, ...words], {
    cwd,
    env: { ...process.env, ...NOTHING, DENO_NO_UPDATE_CHECK: '1', ...env },
  })
  const seen: Ended = { ended: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (seen.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (seen.stderr += chunk.toString()))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ ...seen, ended: signal ?? code }))
  })
  return { child, seen, ended }
}

export function carrot(
  runtime: Runtime,
  words: readonly string[],
  options: Options,
): Promise<Ended> {
  const { child, ended } = launch(runtime, words, options)
  child.stdin.on('error', () => {}) // it may have ended without reading
  child.stdin.end(options.input ?? '')
  return ended
}

export interface Running {
  url: string
  /** A key to it; nothing where it has told none. */
  key: string
  kill(signal: NodeJS.Signals): void
  ended: Promise<Ended>
}

/** Starts `dev` or `serve` on a port that is free, and waits until it says where it is. */
export async function running(
  runtime: Runtime,
  words: readonly string[],
  options: Options,
): Promise<Running> {
  const { child, seen, ended } = launch(runtime, [...words, '--json', '--port', '0'], options)
  const told = new Promise<{ url: string; key?: string }>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (seen.stdout.trim().endsWith('}')) resolve(JSON.parse(seen.stdout))
    })
    void ended.then(({ stderr }) => reject(new Error(`it ended at once: ${stderr}`)))
  })
  const { url, key = '' } = await told
  return { url, key, ended, kill: (signal) => void child.kill(signal) }
}

export async function send(
  { url, key }: Pick<Running, 'url' | 'key'>,
  ...traces: object[]
): Promise<number> {
  const response = await fetch(`${url}/v1/traces/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ traces }),
  })
  await response.text()
  return response.status
}
