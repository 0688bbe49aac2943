/**
 * `/v1/keys`: the keys of one project, for a key of it with the scope `admin` and for people.
 *
 * @module
 */

import type { Hono } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { KeyEntry } from '../auth/key-book.ts'
import type { Keys } from '../auth/keys.ts'
import { grantable, makeKey, readKeyRequest } from '../auth/new-key.ts'
import { adminApp, type AdminOptions, readJson } from './admin.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'
import { writeTime } from './time.ts'

export function keyRoutes({
  directory,
  door,
  report,
  keys,
}: AdminOptions & { keys: Keys }): Hono<ProjectEnv> {
  const app = adminApp(report)
  const admin = door('admin')

  app.get('/v1/keys', admin, async (context) => {
    const entries = await directory.keys(context.get('project'))
    return context.json({ keys: entries.map(keyJson) })
  })
  app.post('/v1/keys', admin, async (context) => {
    const request = readKeyRequest(await readJson(context), grantable(context.get('scopes')))
    const made = await makeKey(directory, context.get('project'), request)
    if (request.origins.length > 0) keys.forget() // so that the first preflight here is answered
    return context.json({ ...keyJson(made), key: made.key }, 201)
  })
  app.delete('/v1/keys/:id', admin, async (context) => {
    const revoked = await directory.revoke(context.get('project'), context.req.param('id'))
    keys.forget()
    return revoked ? context.body(null, 204) : problem(context, 404, 'there is no such key')
  })
  app.all('/v1/keys', onlyBy('GET', 'HEAD', 'POST'))
  app.all('/v1/keys/:id', onlyBy('DELETE'))
  return app
}

export function keyJson({ id, name, scopes, origins, createdUs }: KeyEntry) {
  return { id, name, scopes, origins, created_at: writeTime(createdUs) }
}
