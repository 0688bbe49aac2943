/**
 * People who come in by the admin's password.
 *
 * Attempts are counted in the directory before anything is compared, by the address that they come
 * from and all together.
 *
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from './access.ts'
import type { LoginBook } from './login-book.ts'
import { REMEMBER_MS } from './keys.ts'
import { isPassword, secretProblem } from './password.ts'
import { nobody, NO_WAY_IN, type People } from './people.ts'
import { endSession, hasSession, type SigningKey, signingKey, startSession } from './session.ts'

export interface PasswordOptions {
  /** The password, or its hash as `hashPassword` gives it; nothing: nobody is let in. */
  secret: string | undefined
  directory: LoginBook
  /** Who asks, as far as the host knows without believing them: the address of the other end. */
  addressOf: (context: Context<ProjectEnv>) => string | undefined
  /** Milliseconds since 1970. */
  now?: () => number
}

export function byPassword({
  secret,
  directory,
  addressOf,
  now = Date.now,
}: PasswordOptions): People {
  if (!secret) return nobody(NO_WAY_IN)
  const problem = secretProblem(secret)
  if (problem !== undefined) return nobody(problem)

  let signing: { key: SigningKey; untilMs: number } | undefined

  async function key(): Promise<SigningKey> {
    if (!signing || now() >= signing.untilMs) {
      const made = await signingKey(secret ?? '', await directory.sessionSecret())
      signing = { key: made, untilMs: now() + REMEMBER_MS }
    }
    return signing.key
  }

  return {
    logout: 'form',
    async judge(context) {
      if (await hasSession(context, await key(), now())) return undefined
      return { status: 401, reason: 'log in to see this' }
    },
    login: {
      async enter(context, password) {
        const source = network(addressOf(context) ?? 'unknown')
        const wait = await directory.attempt(source)
        if (wait > 0) return { wait }
        if (!(await isPassword(password, secret))) return 'wrong'
        await directory.succeeded(source)
        await startSession(context, await key(), now())
        return 'in'
      },
      leave: endSession,
      async endSessions() {
        await directory.endSessions()
        signing = undefined
      },
    },
  }
}

/** Whoever has one address of IPv6 has the other 2^64 of its network, too. */
export function network(address: string): string {
  if (!address.includes(':')) return address.slice(0, 64)
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (mapped !== undefined) return mapped
  const [head = '', tail] = address.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  const first = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '').slice(0, 4))
  return `${first.join(':')}::/64`
}
