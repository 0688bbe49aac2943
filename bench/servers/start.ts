/**
 * The stand-ins for the model API and the collector, started in processes of their own.
 *
 * @module
 */

import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Counts, Mode } from './collector.ts'

export interface Servers {
  /** With `/v1`. */
  modelUrl: string
  collectorUrl: string
  /** An address at which nobody listens. */
  nobodyUrl: string
  /** Sets what the collector does, and starts its counting anew. */
  reset(mode: Mode): Promise<void>
  counts(): Promise<Counts>
  close(): void
}

export async function startServers(): Promise<Servers> {
  const [model, collector] = await Promise.all([start('model.ts'), start('collector.ts')])
  const control = `${collector.url}/control`
  return {
    modelUrl: `${model.url}/v1`,
    collectorUrl: collector.url,
    nobodyUrl: await nobody(),
    async reset(mode) {
      await fetch(control, { method: 'POST', body: JSON.stringify({ mode }) })
    },
    counts: async () => (await fetch(control)).json(),
    close() {
      for (const { process } of [model, collector]) process.disconnect()
    },
  }
}

async function start(file: string): Promise<{ url: string; process: ChildProcess }> {
  const process = fork(fileURLToPath(new URL(file, import.meta.url)))
  const [{ port }] = await once(process, 'message')
  return { url: `http://127.0.0.1:${port}`, process }
}

/** A port that was free a moment ago. */
async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
}
