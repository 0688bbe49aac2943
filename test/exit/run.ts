/** Programs on the runtimes that are processes, run to their end. */

import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type RuntimeName = 'node' | 'bun' | 'deno'

export const RUNTIMES: readonly (readonly [name: RuntimeName, command: readonly string[]])[] = [
  ['node', ['node']],
  ['bun', ['bun', 'run']],
  ['deno', ['deno', 'run', '--allow-all', '--no-lock']],
]

export interface Ended {
  printed: string
  /** The exit code, or the signal. */
  by: number | string | null
}

/** @param running Has the process while it runs. */
export function run(
  [command = '', ...options]: readonly string[],
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  running: (child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const child = spawn(command, [...options, file, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, CARROT_API_KEY: 'sk-test', ...env },
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  running(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ printed, by: signal ?? code }))
  })
}
