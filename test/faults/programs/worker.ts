/**
 * A Worker, each of whose invocations meets the fault that it is told; it answers with what came out.
 *
 * @module
 */

import { unhandled } from '../../runtime/programs/unhandled.ts'
import { FAULTS } from '../faults.ts'
import { run } from '../scenario.ts'

interface Invocation {
  waitUntil(promise: Promise<unknown>): void
}

export default {
  async fetch(request: Request, _env: unknown, invocation: Invocation): Promise<Response> {
    if (request.method === 'GET') return Response.json(unhandled())
    const { name, ...addresses } = (await request.json()) as Record<string, string>
    const fault = FAULTS.find((each) => each.name === name)
    const { url = '', baseUrl = '' } = addresses
    if (!fault) return new Response('no such fault', { status: 404 })
    const waitUntil = (promise: Promise<unknown>) => invocation.waitUntil(promise)
    return Response.json(await run(fault, { url, baseUrl, waitUntil, late: () => {} }))
  },
}
