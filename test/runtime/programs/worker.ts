/**
 * The suite in a Worker: the answer to a request is what came out.
 *
 * @module
 */

import type { Place } from '../check.ts'
import { runSuite } from '../suite.ts'

/** Rejections that nobody has handled. Those of old dates are told too early, and then taken back. */
const unhandled = new Map<Promise<unknown>, string>()

interface Rejection {
  promise: Promise<unknown>
  reason: unknown
}

const events: {
  addEventListener(name: string, listener: (rejection: Rejection) => void): void
} = globalThis
events.addEventListener('unhandledrejection', ({ promise, reason }) =>
  unhandled.set(promise, String(reason)),
)
events.addEventListener('rejectionhandled', ({ promise }) => unhandled.delete(promise))

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === 'GET') return Response.json([...unhandled.values()])
    return Response.json(await runSuite((await request.json()) as Place))
  },
}
