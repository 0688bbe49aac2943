/**
 * `instrument`: a Worker whose invocations are traces.
 *
 * @module
 */

import { describe } from '../tracer/checks.ts'
import { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'
import { instrumentClass, type AnyClass } from './classes.ts'
import { instrumentHandler } from './handler.ts'
import type { OptionsOf } from './options.ts'
import { settingUp } from './set-up.ts'

/** What handlers or a class are given as their environment. */
export type EnvOf<Instrumented> = Instrumented extends abstract new (
  ctx: never,
  env: infer Env,
) => unknown
  ? Env
  : Instrumented extends {
        readonly [Name in 'fetch' | 'queue' | 'scheduled' | 'email']?:
          | ((event: never, env: infer Env, ...rest: never[]) => unknown)
          | undefined
      }
    ? Env
    : unknown

/**
 * Makes every invocation of a Worker a trace: of its handlers (`fetch`, `queue`, `scheduled`, `email`), of a
 * Durable Object or an entrypoint class (its handlers, and the methods that are called from elsewhere), of a
 * Workflow class (its runs and steps).
 *
 * Everything behaves as it did: what handlers are called with, `this`, what they return, private members,
 * statics and `instanceof`. What one invocation recorded is sent in one request, kept alive by its own
 * `waitUntil`. An invocation in which nothing is recorded, and which does not fail, leaves no trace.
 *
 * @param instrumented An object with handlers, or a class.
 * @param options Or what makes them of `env`; `CARROT_API_KEY` and `CARROT_BASE_URL` there need no mention.
 * @returns The same, for the compiler and for the platform: export it in its place.
 * @throws {TraceError} `invalid_option`.
 *
 * @example
 * ```ts
 * import * as carrot from 'carrot-trace'
 * import { instrument } from 'carrot-trace/workers'
 * import OpenAI from 'openai'
 *
 * const openai = carrot.wrap(new OpenAI())
 *
 * export default instrument({
 *   async fetch(request: Request) {
 *     const messages = [{ role: 'user' as const, content: await request.text() }]
 *     return Response.json(await openai.chat.completions.create({ model: 'gpt-4o', messages }))
 *   },
 * })
 * ```
 */
export function instrument<Instrumented extends object, Env = EnvOf<Instrumented>>(
  instrumented: Instrumented,
  options?: OptionsOf<Env>,
): Instrumented {
  const setUp = settingUp(options)
  if (isClass(instrumented)) return instrumentClass(instrumented, setUp)
  if (isAnyObject(instrumented)) return instrumentHandler(instrumented, setUp)
  throw new TraceError(
    'invalid_option',
    `instrument() takes an object with handlers or a class; found ${describe(instrumented)}.`,
  )
}

function isClass(value: object): value is AnyClass {
  return typeof value === 'function'
}
