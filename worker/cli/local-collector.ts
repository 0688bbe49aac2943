/**
 * The collector and dashboard on this machine: the Worker itself, in workerd, on a folder of files.
 *
 * @module
 */

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unstable_startWorker } from 'wrangler'

export interface LocalCollector {
  /** Without a path, such as `http://127.0.0.1:8787`. */
  readonly url: string
  stop(): Promise<void>
}

export interface LocalCollectorOptions {
  port: number
  /** Where traces are kept, across starts. */
  folder: string
  key: string
}

const HOST = '127.0.0.1' // never another: on this host there is no login

export async function startLocalCollector({
  port,
  folder,
  key,
}: LocalCollectorOptions): Promise<LocalCollector> {
  // Both would be asked of the network, which a laptop on a train has not.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
  process.env.WRANGLER_SEND_METRICS ??= 'false'
  process.env.WRANGLER_HIDE_BANNER ??= 'true'
  process.env.WRANGLER_LOG ??= 'error'
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../../wrangler.toml', import.meta.url)),
    bindings: {
      CARROT_LOCAL: { type: 'plain_text', value: 'true' },
      CARROT_LOCAL_KEY: { type: 'secret_text', value: key },
    },
    dev: {
      server: { hostname: HOST, port },
      persist: join(folder, 'state'),
      inspector: false,
      watch: false,
      logLevel: 'error',
    },
  })
  await worker.ready
  return { url: `http://${HOST}:${port}`, stop: () => worker.dispose() }
}
