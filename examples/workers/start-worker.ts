/**
 * A Worker on this machine, in workerd.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import { unstable_startWorker } from 'wrangler'

export interface StartedWorker {
  /** Sends it a text, and gives the text that it replies with. */
  post(body: string): Promise<string>
  stop(): Promise<void>
}

/**
 * @param config Its `wrangler.toml`.
 * @param variables Of the Worker: where the models and the collector are, and the keys to them.
 */
export async function startWorker(
  config: URL,
  variables: Record<string, string>,
): Promise<StartedWorker> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
  process.env.WRANGLER_SEND_METRICS ??= 'false'
  process.env.WRANGLER_LOG ??= 'error'
  const worker = await unstable_startWorker({
    config: fileURLToPath(config),
    bindings: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, { type: 'plain_text', value }]),
    ),
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: false,
      inspector: false,
      watch: false,
      logLevel: 'error',
    },
  })
  await worker.ready
  return {
    async post(body) {
      const reply = await worker.fetch('http://worker/', { method: 'POST', body })
      return reply.text()
    },
    stop: () => worker.dispose(),
  }
}
