/**
 * `/healthz`: this process runs. `/readyz`: what it needs answers, too.
 *
 * Both are open to everyone, for what asks them has no key. So the questions are cheap, and the answer
 * is good for a second, however many want to know.
 *
 * @module
 */

import { Hono } from 'hono'
import { onlyBy } from '../api/methods.ts'
import type { ProjectEnv } from '../auth/access.ts'

/** What says nothing for longer is not there. */
export const READY_SECONDS = 5

const REMEMBER_MS = 1000
const RETRY_AFTER_SECONDS = 5

export interface HealthOptions {
  /** By name: a question to each thing that has to be there. */
  needs: Readonly<Record<string, () => Promise<unknown>>>
  patienceMs: number
  now?: () => number
}

export function health({ needs, patienceMs, now = Date.now }: HealthOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  let known: { answers: Record<string, 'ok' | 'failed'>; atMs: number } | undefined

  async function ask(): Promise<Record<string, 'ok' | 'failed'>> {
    if (known && Math.abs(now() - known.atMs) < REMEMBER_MS) return known.answers
    const entries = Object.entries(needs).map(
      async ([name, question]) => [name, await tried(question, patienceMs)] as const,
    )
    const answers = Object.fromEntries(await Promise.all(entries))
    known = { answers, atMs: now() }
    return answers
  }

  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.get('/readyz', async (context) => {
    const answers = await ask()
    if (Object.values(answers).every((answer) => answer === 'ok')) {
      return context.json({ status: 'ready', ...answers })
    }
    context.header('retry-after', String(RETRY_AFTER_SECONDS))
    return context.json({ status: 'not ready', ...answers }, 503)
  })
  for (const path of ['/healthz', '/readyz']) app.all(path, onlyBy('GET', 'HEAD'))
  return app
}

async function tried(question: () => Promise<unknown>, patienceMs: number) {
  const { promise: patience, resolve } = Promise.withResolvers<'failed'>()
  const timer = setTimeout(() => resolve('failed'), patienceMs)
  try {
    const answer = question().then(
      () => 'ok' as const,
      () => 'failed' as const,
    )
    return await Promise.race([answer, patience])
  } finally {
    clearTimeout(timer)
  }
}
