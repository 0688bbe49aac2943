/**
 * How people get in: on their own machine, by a password, through Cloudflare Access, or not at all.
 *
 * @module
 */

import type { Context } from 'hono'
import type { Logout, ProjectEnv } from './access.ts'

/** `undefined`: let in. */
export type Verdict = { status: 401 | 403 | 503; reason: string } | undefined

export interface People {
  /** Says whether who sent this request is let in. Whoever is may look after the whole deployment. */
  judge(context: Context<ProjectEnv>): Promise<Verdict>
  /** The one project that is open where there is no login. */
  local?: string
  logout?: Logout
  /** Where they come in by a password. */
  login?: PasswordLogin
}

export interface PasswordLogin {
  /** Tries a password. `wait` in seconds: not tried at all. */
  enter(context: Context<ProjectEnv>, password: string): Promise<'in' | 'wrong' | { wait: number }>
  leave(context: Context<ProjectEnv>): void
  /** Ends every session, here and everywhere. */
  endSessions(): Promise<void>
}

/** Nobody: where the operator has not said who may, nobody may. */
export function nobody(reason: string = NO_WAY_IN): People {
  return { judge: async () => ({ status: 503, reason }) }
}

export const NO_WAY_IN =
  'it has no password yet; traces are taken all the same, ' +
  'and a key with the scope `read` reads them at /v1/traces'
