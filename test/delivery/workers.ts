/**
 * Invocations of Workers, ended in each way.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import { bundle, compile } from '../support/compile.ts'
import { serveWorkers, WORKERS } from '../support/workerd.ts'
import { createWorld, type World } from '../support/world.ts'
import { count, expected, type Row, type Way } from './row.ts'

interface Ending extends Way {
  /** What the Worker does, by its path. */
  way: string
  /** What becomes of the reply: read to its end, left after its first piece, or held on to. */
  reply: 'read' | 'left' | 'held'
}

export const WORKER_ENDINGS: readonly Ending[] = [
  { name: 'replies', way: 'return', reply: 'read', recorded: 2 },
  { name: 'throws', way: 'throw', reply: 'read', recorded: 2 },
  { name: 'replies with a stream', way: 'stream', reply: 'read', recorded: 2 },
  { name: 'its client leaves mid-stream', way: 'left', reply: 'left', recorded: 2 },
  { name: 'its stream runs for longer than 25 s', way: 'capped', reply: 'held', recorded: 2 },
  {
    name: 'its isolate is gone while a stream runs',
    way: 'gone',
    reply: 'held',
    recorded: 2,
    delivers: { everywhere: 0 },
  },
  {
    name: 'likewise, after `flush()` of what was over',
    way: 'flushed',
    reply: 'held',
    recorded: 4,
    delivers: { everywhere: 2 },
  },
]

export async function endWorkers(folder: string): Promise<Row[]> {
  const source = fileURLToPath(new URL('programs/worker.ts', import.meta.url))
  const script = await bundle(await compile(source, folder, 'ending-worker'), 'workerd')
  const world = await createWorld()
  const workers = await serveWorkers(script, WORKERS, { WORLD: world.url })
  for (const ending of WORKER_ENDINGS) {
    await Promise.all(
      workers.urls.map((url, index) => end(world, ending, `${url}/${ending.way}/${index}`, index)),
    )
  }
  await workers.close()
  await world.quiet()
  const rows = WORKER_ENDINGS.map((ending) => ({
    ...ending,
    delivered: Object.fromEntries(
      WORKERS.map(({ name }, index) => [name, arrived(world, ending, index)]),
    ),
  }))
  await world.close()
  return rows
}

/** Ends the invocation, but not yet the isolate, and waits for what is to come of that. */
async function end(world: World, ending: Ending, url: string, index: number): Promise<void> {
  const leave = new AbortController()
  const response = await fetch(url, { signal: leave.signal })
  if (ending.reply === 'read') await response.text()
  else await response.body?.getReader().read()
  if (ending.reply === 'left') leave.abort()
  const name = WORKERS[index]?.name ?? ''
  await world
    .collector(collectorOf(ending, index))
    .until((requests) => count(requests) >= expected(ending, name))
}

function arrived(world: World, ending: Ending, index: number): number {
  return count(world.collector(collectorOf(ending, index)).requests)
}

function collectorOf({ way }: Ending, index: number): string {
  return `${way}-${index}`
}
