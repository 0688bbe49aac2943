/**
 * The door of a host that only this machine can reach: open, but not to a page of another site.
 *
 * A browser that was told a false address for that site (DNS rebinding) would reach us with its name
 * in `Host`. So only the names of loopback are let in.
 *
 * @module
 */

import type { People } from './people.ts'

/** Lets in everyone on this machine, into the project unless they choose another. */
export function thisMachine(project: string): People {
  return {
    local: project,
    async judge(context) {
      const host = context.req.header('host') ?? new URL(context.req.url).host
      if (isLoopback(host)) return undefined
      const reason =
        'this collector runs without login, for its own machine only: open it as localhost, 127.0.0.1 or [::1]'
      return { status: 403, reason }
    },
  }
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)
}
