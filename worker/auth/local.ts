/**
 * The door of a host that only this machine can reach: open, but not to a page of another site.
 *
 * A browser that was told a false address for that site (DNS rebinding) would reach us with its name
 * in `Host`. So only the names of loopback are let in.
 *
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from './access.ts'
import type { People } from './people.ts'

/**
 * Lets in everyone on this machine, into the project unless they choose another.
 *
 * @param addressOf Where the host knows the address of the other end: it has to be of this machine as
 *   well, so that listening on more than loopback opens nothing.
 */
export function thisMachine(
  project: string,
  addressOf?: (context: Context<ProjectEnv>) => string | undefined,
): People {
  return {
    local: project,
    async judge(context) {
      const host = context.req.header('host') ?? new URL(context.req.url).host
      const isHere = addressOf === undefined || isOwnAddress(addressOf(context) ?? '')
      return isLoopback(host) && isHere ? undefined : { status: 403, reason: NOT_HERE }
    },
  }
}

const NOT_HERE =
  'this collector runs without login, for its own machine only: open it as localhost, 127.0.0.1 or [::1]'

export function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)
}

function isOwnAddress(address: string): boolean {
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(address)
}
