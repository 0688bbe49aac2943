/**
 * Processes, ended in each way.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import { compile } from '../support/compile.ts'
import { PROCESSES, start, type ProcessRuntime } from '../support/processes.ts'
import { createWorld } from '../support/world.ts'
import { count, type Row, type Way } from './row.ts'

interface Ending extends Way {
  /** What the program does; its own words for it. */
  way: string
  /** What it is sent when it is ready. What is stopped is killed where it stands. */
  signal?: NodeJS.Signals
}

const NONE = { everywhere: 0 }

export const PROCESS_ENDINGS: readonly Ending[] = [
  { name: 'has nothing left to do', way: 'return', recorded: 2 },
  { name: 'an error that nobody catches', way: 'throw', recorded: 2 },
  { name: 'a rejection that nobody handles', way: 'reject', recorded: 2 },
  { name: '`process.exit()` right after a call', way: 'exit', recorded: 2 },
  { name: '`process.exit()` while a stream runs', way: 'exit in a handler', recorded: 4 },
  { name: 'SIGTERM', way: 'idle', signal: 'SIGTERM', recorded: 2, delivers: { Deno: 0 } },
  {
    name: 'SIGTERM while a stream runs',
    way: 'busy',
    signal: 'SIGTERM',
    recorded: 4,
    delivers: { Deno: 0 },
  },
  { name: 'SIGINT', way: 'idle', signal: 'SIGINT', recorded: 2, delivers: { Deno: 0 } },
  {
    name: 'SIGTERM, handled by `flush()` and `exit()`',
    way: 'handling',
    signal: 'SIGTERM',
    recorded: 2,
  },
  { name: 'SIGKILL', way: 'idle', signal: 'SIGKILL', recorded: 2, delivers: NONE },
  { name: 'frozen, and never thawed', way: 'idle', signal: 'SIGSTOP', recorded: 2, delivers: NONE },
  { name: 'frozen after `flush()`', way: 'flushed', signal: 'SIGSTOP', recorded: 2 },
]

/** How many programs run at once: they end in time, which there has to be some of. */
const ABREAST = 2

export async function endProcesses(folder: string): Promise<Row[]> {
  const source = fileURLToPath(new URL('programs/process.ts', import.meta.url))
  const program = await compile(source, folder, 'ending-process')
  const none = () => Object.fromEntries(PROCESSES.map(({ name }) => [name, 0]))
  const rows = PROCESS_ENDINGS.map((ending) => ({ ...ending, delivered: none() }))
  const jobs = rows.flatMap((row) => PROCESSES.map((runtime) => ({ row, runtime }))).values()
  const work = async () => {
    for (const { row, runtime } of jobs)
      row.delivered[runtime.name] = await end(runtime, program, row)
  }
  await Promise.all(Array.from({ length: ABREAST }, work))
  return rows
}

async function end(
  runtime: ProcessRuntime,
  program: string,
  { way, signal }: Ending,
): Promise<number> {
  const world = await createWorld()
  const running = start(runtime, program, { WORLD: world.url, WAY: way })
  if (signal) {
    await running.printed('ready')
    running.kill(signal)
    if (signal === 'SIGSTOP') running.kill('SIGKILL')
  }
  await running.ended
  await world.quiet()
  const delivered = count(world.collector('records').requests)
  await world.close()
  return delivered
}
