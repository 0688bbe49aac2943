/**
 * The door of a host that only this machine can reach: open, but not to a page of another site.
 *
 * A browser that was told a false address for that site (DNS rebinding) would reach us with its name
 * in `Host`. So only the names of loopback are let in.
 *
 * @module
 */

import type { MiddlewareHandler } from 'hono'
import type { ProjectEnv } from './access.ts'
import type { Refusal } from './bearer.ts'

/** Lets everyone on this machine into the project. */
export function loopback(project: string, refuse: Refusal): MiddlewareHandler<ProjectEnv> {
  return async (context, next) => {
    const host = context.req.header('host') ?? new URL(context.req.url).host
    if (!isLoopback(host)) {
      return refuse(
        context,
        403,
        'this collector runs without login, for its own machine only: open it as localhost, 127.0.0.1 or [::1]',
      )
    }
    context.set('project', project)
    return next()
  }
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)
}
