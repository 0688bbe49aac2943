/**
 * Who asks, and by what address, where something may stand in front of the host.
 *
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { Connection } from './listening.ts'

/** @param trustProxy Believes the last address of `x-forwarded-for`: the one that who stands in front has seen. */
export function addressOf(
  trustProxy: boolean,
): (context: Context<ProjectEnv>) => string | undefined {
  return (context) => {
    const forwarded = trustProxy ? context.req.header('x-forwarded-for') : undefined
    // What `listen` passed on.
    return forwarded?.split(',').at(-1)?.trim() ?? (context.env as Partial<Connection>).address
  }
}

/** A request for a page, by the address that its reader has. What is sent is left as it came. */
export function asSeenFrom(request: Request, origin: string | undefined): Request {
  if (origin === undefined || !/^(GET|HEAD)$/.test(request.method)) return request
  const { pathname, search } = new URL(request.url)
  return new Request(`${origin}${pathname}${search}`, {
    method: request.method,
    headers: request.headers,
  })
}
