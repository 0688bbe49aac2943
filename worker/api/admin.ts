/**
 * What all routes that change who is known have in common: small JSON in, problems out.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import { type Json, parse } from '../../src/lib/json.ts'
import type { ProjectEnv } from '../auth/access.ts'
import type { Directory } from '../auth/directory.ts'
import type { Door } from '../auth/door.ts'
import { Invalid } from '../auth/invalid.ts'
import { readBody } from './body.ts'
import { problem } from './problem.ts'
import { Refused } from './refused.ts'
import { failure, type Report } from './report.ts'
import { storeAnswer } from './store-answer.ts'

export interface AdminOptions {
  directory: Directory
  door: Door
  report: Report
}

/** The longest request names a key and its origins. */
const MAX_BODY_BYTES = 64 * 1024
const BODY_SECONDS = 10

/** @throws {Refused} */
export async function readJson(context: Context<ProjectEnv>): Promise<Json> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/json *(;|$)/i.test(type)) {
    throw new Refused('send JSON, with the content-type application/json', 415)
  }
  const value = parse(await readBody(context.req.raw, MAX_BODY_BYTES, BODY_SECONDS))
  if (value === undefined) throw new Refused('the body is not valid JSON')
  return value
}

/** An app whose errors are problems. */
export function adminApp(report: Report): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.onError((error, context) => {
    if (error instanceof Refused) return problem(context, error.status, error.message)
    if (error instanceof Invalid) return problem(context, 400, error.message)
    report(failure(context, 'administration failed', error))
    const { status, reason } = storeAnswer(
      context,
      error,
      'this could not be done now; try again later',
    )
    return problem(context, status, reason)
  })
  return app
}
