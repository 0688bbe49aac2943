/**
 * A middleware for Hono: a request is a trace, named by the route that it matched.
 *
 * Of Hono nothing is imported but types.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from 'hono'
import { isAnyObject } from '../json.ts'
import type { Span } from '../tracer/scope.ts'
import { spanIfKnown } from './current.ts'
import { eventOf } from './events.ts'
import { attempt } from './attempt.ts'
import { begin, isBusy, type Begun } from './invoke.ts'
import { inTwin } from './mirror.ts'
import type { OptionsOf } from './options.ts'
import { followed } from './reply.ts'
import { settingUp } from './set-up.ts'

/** What handlers find in their context: `c.get('span')`, `c.var.span`. */
export interface TracingVariables {
  span: Span
}

/**
 * A middleware that makes every request a trace, `GET /users/:id`: what is recorded behind it is inside.
 *
 * A reply that streams is followed to its end; what a handler throws is recorded, whatever `onError` makes of
 * it. Where the application is the handler of an instrumented Worker, it goes on with that Worker's span.
 *
 * @param options Or what makes them of the bindings; `CARROT_API_KEY` and `CARROT_BASE_URL` there need no mention.
 * @throws {TraceError} `invalid_option`.
 *
 * @example
 * ```ts
 * import { tracing, type TracingVariables } from 'carrot-trace/hono'
 * import { Hono } from 'hono'
 * import OpenAI from 'openai'
 *
 * const openai = new OpenAI()
 * const app = new Hono<{ Variables: TracingVariables }>()
 *
 * app.use(tracing({ service: 'help-desk' }))
 * app.get('/answers/:topic', async (c) => {
 *   const messages = [{ role: 'user' as const, content: c.req.param('topic') }]
 *   const reply = await c.var.span.wrap(openai).chat.completions.create({ model: 'gpt-4o', messages })
 *   return c.json(reply)
 * })
 *
 * export default app
 * ```
 */
export function tracing<Bindings = unknown>(
  options?: OptionsOf<Bindings>,
): MiddlewareHandler<{ Variables: TracingVariables }> {
  const setUp = settingUp(options)

  return async (c, next) => {
    const around = spanIfKnown(c.req.raw)
    if (around) return goOnIn(around, c, next)
    const { own, core: coreOf } = setUp(c.env)
    const core = coreOf()
    const begun = attempt(core, () =>
      begin(core, {
        setUp: { own, core: coreOf },
        ctx: executionContext(c),
        event: () => ({ ...eventOf('fetch', c.req.raw, own), name: nameOf(c) }),
        things: [c.req.raw],
      }),
    )
    if (!begun) return next()
    c.set('span', begun.root.span)
    try {
      await core.ambient.run(begun.root.context, () => inTwin(core, begun.name, begun.root, next))
    } catch (error) {
      begun.root.span.fail(error) // one that is no Error is not caught by Hono
      begun.hold?.release()
      throw error
    }
    attempt(core, () => end(c, begun))
  }
}

function goOnIn(span: Span, c: Context, next: () => Promise<void>): Promise<void> {
  c.set('span', span)
  return next().then(() => {
    span.set({ name: nameOf(c) })
    if (isFailure(c.error)) span.fail(c.error)
  })
}

function end(c: Context<{ Variables: TracingVariables }>, { root, hold }: Begun): void {
  const { span } = root
  const release = () => hold?.release()
  span.set({ name: nameOf(c) })
  if (isFailure(c.error)) {
    span.set({ output: { status: c.res.status } })
    span.fail(c.error)
    return release()
  }
  const { res } = c
  const response = followed(res, root, isBusy(hold, root), release)
  if (response === res) return
  c.res = undefined // else its headers would be added to those of the other
  c.res = response
}

/** Thrown to answer with a status of the client's making, it is a reply like any other. */
function isFailure(error: unknown): boolean {
  if (error === undefined) return false
  return !(isAnyObject(error) && typeof error.status === 'number' && error.status < 500)
}

/** Of the handler that answers, or seems to: before `next` all that match are known, in order. */
function nameOf(c: Context): string {
  const { matchedRoutes, routeIndex } = c.req
  const last = Math.max(routeIndex, c.finalized ? 0 : matchedRoutes.length - 1)
  return `${c.req.method} ${matchedRoutes[last]?.path ?? c.req.path}`
}

/** None on a server that is a process. */
function executionContext(c: Context): unknown {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}
