/**
 * `/v1/projects`: all projects of the deployment, for people and for keys with the scope `deployment`.
 *
 * @module
 */

import type { Hono } from 'hono'
import { fields } from '../../src/lib/json.ts'
import type { ProjectEnv } from '../auth/access.ts'
import type { Keys } from '../auth/keys.ts'
import { makeKey, readName } from '../auth/new-key.ts'
import type { ProjectEntry } from '../auth/project-book.ts'
import { type RemoveData, removeProject } from '../auth/removal.ts'
import { adminApp, type AdminOptions, readJson } from './admin.ts'
import { keyJson } from './keys.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'
import { failure } from './report.ts'
import { writeTime } from './time.ts'

/** What the first key of a new project is for: all of it. */
const FIRST_KEY = { name: 'first', scopes: ['ingest', 'read', 'admin'], origins: [] } as const

export interface ProjectOptions extends AdminOptions {
  keys: Keys
  removeData: RemoveData
}

export function projectRoutes({
  directory,
  door,
  report,
  keys,
  removeData,
}: ProjectOptions): Hono<ProjectEnv> {
  const app = adminApp(report)
  const deployment = door('deployment')

  app.get('/v1/projects', deployment, async (context) => {
    const projects = await directory.projects()
    return context.json({ projects: projects.map(projectJson) })
  })
  app.post('/v1/projects', deployment, async (context) => {
    const name = readName(fields(await readJson(context)).name)
    const id = crypto.randomUUID()
    if (!(await directory.createProject(id, name))) return taken(context)
    const key = await makeKey(directory, id, FIRST_KEY)
    return context.json({ id, name, key: { ...keyJson(key), key: key.key } }, 201)
  })
  app.patch('/v1/projects/:id', deployment, async (context) => {
    const name = readName(fields(await readJson(context)).name)
    const id = context.req.param('id')
    const answer = await directory.renameProject(id, name)
    if (answer === 'unknown') return missing(context)
    return answer === 'taken' ? taken(context) : context.json({ id, name })
  })
  app.delete('/v1/projects/:id', deployment, async (context) => {
    const removed = await removeProject(directory, context.req.param('id'), removeData, (error) =>
      report(failure(context, 'removal failed', error)),
    )
    keys.forget()
    return removed ? context.body(null, 204) : missing(context)
  })
  app.all('/v1/projects', onlyBy('GET', 'HEAD', 'POST'))
  app.all('/v1/projects/:id', onlyBy('PATCH', 'DELETE'))
  return app
}

function projectJson({ id, name, createdUs }: ProjectEntry) {
  return { id, name, created_at: writeTime(createdUs) }
}

type Answering = Parameters<typeof problem>[0]

function taken(context: Answering): Response {
  return problem(context, 409, 'a project has this name already, or there are as many as can be')
}

function missing(context: Answering): Response {
  return problem(context, 404, 'there is no such project')
}
