/**
 * The door for programs: `Authorization: Bearer sk-...`, and no other place for a key.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from 'hono'
import type { ProjectEnv } from './access.ts'
import type { Keys, Scope } from './keys.ts'

export type Refusal = (context: Context, status: 401 | 403, reason: string) => Response

/** Lets in who has a key with this scope, into the key's project. */
export function bearer(keys: Keys, scope: Scope, refuse: Refusal): MiddlewareHandler<ProjectEnv> {
  return async (context, next) => {
    const key = bearerKey(context)
    const grant = key === undefined ? undefined : await keys.find(key)
    if (grant === undefined) {
      context.header('www-authenticate', 'Bearer')
      return refuse(context, 401, 'missing or invalid API key: send `Authorization: Bearer sk-...`')
    }
    if (!grant.scopes.includes(scope)) {
      return refuse(context, 403, `this API key does not have the scope \`${scope}\``)
    }
    context.set('project', grant.project)
    return next()
  }
}

export function bearerKey(context: Context): string | undefined {
  const [, key] = /^Bearer +(\S{1,200})$/i.exec(context.req.header('authorization') ?? '') ?? []
  return key
}
