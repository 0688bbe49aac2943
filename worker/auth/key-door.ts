/**
 * The door for programs: a key with the right scope, into the key's project.
 *
 * Whoever has no good key hears the same: whether it was malformed, is unknown or was revoked is
 * nobody's business.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from 'hono'
import type { ProjectEnv, Refusal } from './access.ts'
import type { Grant, Keys, Scope } from './keys.ts'
import { requestKey } from './request-key.ts'

export const NO_KEY = 'missing or invalid API key: send `Authorization: Bearer sk-...`'

/** Lets in who has a key with this scope. */
export function keyDoor(keys: Keys, scope: Scope, refuse: Refusal): MiddlewareHandler<ProjectEnv> {
  return async (context, next) => {
    const grant = await findGrant(keys, context)
    if (grant === undefined) return refuseKey(context, refuse)
    if (!grant.scopes.includes(scope)) return refuseScope(context, scope, refuse)
    letIn(context, grant)
    return next()
  }
}

export async function findGrant(
  keys: Keys,
  context: Context<ProjectEnv>,
): Promise<Grant | undefined> {
  const key = requestKey(context)
  return key === undefined ? undefined : keys.find(key)
}

export function letIn(context: Context<ProjectEnv>, { id, project, scopes }: Grant): void {
  context.set('project', project)
  context.set('scopes', scopes)
  context.set('keyId', id)
}

export function refuseKey(
  context: Context<ProjectEnv>,
  refuse: Refusal,
): Response | Promise<Response> {
  context.header('www-authenticate', 'Bearer')
  return refuse(context, 401, NO_KEY)
}

export function refuseScope(
  context: Context<ProjectEnv>,
  scope: Scope,
  refuse: Refusal,
): Response | Promise<Response> {
  return refuse(context, 403, `this API key does not have the scope \`${scope}\``)
}
