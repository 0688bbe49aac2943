/**
 * The help desk's Worker on this machine.
 *
 * @module
 */

import { startWorker } from './start-worker.ts'

export interface HelpDesk {
  ask(question: string): Promise<string>
  stop(): Promise<void>
}

/** @param variables Of the Worker: where the models and the collector are, and the keys to them. */
export async function startHelpDesk(variables: Record<string, string>): Promise<HelpDesk> {
  const { post, stop } = await startWorker(new URL('wrangler.toml', import.meta.url), variables)
  return { ask: post, stop }
}
