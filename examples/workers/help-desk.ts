/**
 * The help desk's Worker on this machine, in workerd.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import { unstable_startWorker } from 'wrangler'

export interface HelpDesk {
  ask(question: string): Promise<string>
  stop(): Promise<void>
}

/** @param variables Of the Worker: where the models and the collector are, and the keys to them. */
export async function startHelpDesk(variables: Record<string, string>): Promise<HelpDesk> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
  process.env.WRANGLER_SEND_METRICS ??= 'false'
  process.env.WRANGLER_LOG ??= 'error'
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('wrangler.toml', import.meta.url)),
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
    async ask(question) {
      const reply = await worker.fetch('http://help-desk/', { method: 'POST', body: question })
      return reply.text()
    },
    stop: () => worker.dispose(),
  }
}
