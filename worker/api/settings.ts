/**
 * `/v1/settings`: what a project has its own way, for a key of it with the scope `admin` and for people.
 *
 * @module
 */

import type { Hono } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { readChange, type Settings } from '../auth/settings.ts'
import { adminApp, type AdminOptions, readJson } from './admin.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'

const PATH = '/v1/settings'

export function settingsRoutes({ directory, door, report }: AdminOptions): Hono<ProjectEnv> {
  const app = adminApp(report)
  const admin = door('admin')

  app.get(PATH, admin, async (context) =>
    context.json(settingsJson(await directory.settings(context.get('project')))),
  )
  app.patch(PATH, admin, async (context) => {
    const change = readChange(await readJson(context))
    const settings = await directory.changeSettings(context.get('project'), change)
    return settings
      ? context.json(settingsJson(settings))
      : problem(context, 404, 'there is no such project')
  })
  app.all(PATH, onlyBy('GET', 'HEAD', 'PATCH'))
  return app
}

function settingsJson({ retentionDays }: Settings) {
  return { retention_days: retentionDays }
}
