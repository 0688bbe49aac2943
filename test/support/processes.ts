/**
 * The runtimes that are processes, and how to run a program on one.
 *
 * @module
 */

import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { MISSING, nodeOf } from './nodes.ts'

export interface ProcessRuntime {
  name: string
  command: readonly string[]
  /** What to do where it is missing. */
  remedy?: string
}

export const PROCESSES: readonly ProcessRuntime[] = [
  { name: 'Node 20', command: [nodeOf(20)], remedy: MISSING },
  { name: 'Node 22', command: [nodeOf(22)], remedy: MISSING },
  { name: 'Node 24', command: [process.execPath] },
  { name: 'Bun', command: ['bun', 'run'] },
  {
    name: 'Deno',
    command: ['deno', 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual'],
  },
]

/** How a process went. */
export interface Ran {
  stdout: string
  stderr: string
  /** Its exit code, or the signal that ended it. */
  ended: number | NodeJS.Signals | null
}

export interface Running {
  /** Settles when it has written this line, or has ended. */
  printed(line: string): Promise<void>
  kill(signal: NodeJS.Signals): void
  ended: Promise<Ran>
}

export function start(
  { name, command: [command = '', ...args], remedy = '' }: ProcessRuntime,
  program: string,
  env: Record<string, string>,
): Running {
  const child = spawn(command, [...args, program], {
    cwd: dirname(program),
    env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran: Ran = { stdout: '', stderr: '', ended: null }
  const waiting = new Set<() => void>()
  child.stdout.on('data', (chunk: Buffer) => {
    ran.stdout += chunk.toString()
    for (const check of waiting) check()
  })
  child.stderr.on('data', (chunk: Buffer) => (ran.stderr += chunk.toString()))
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new Error(`${name} could not be started. ${remedy}`, { cause })),
    )
    child.on('close', (code, signal) => resolve({ ...ran, ended: signal ?? code }))
  })
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    printed: (line) => {
      const there = new Promise<void>((resolve) => {
        const check = () => {
          if (ran.stdout.split('\n').includes(line)) resolve()
        }
        waiting.add(check)
        check()
      })
      return Promise.race([there, ended.then(() => {})])
    },
  }
}
