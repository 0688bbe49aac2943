/**
 * The suite in a Worker: the answer to a request is what came out.
 *
 * @module
 */

import type { Place } from '../check.ts'
import { runSuite } from '../suite.ts'
import { unhandled } from './unhandled.ts'

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === 'GET') return Response.json(unhandled())
    return Response.json(await runSuite((await request.json()) as Place))
  },
}
