/**
 * `/v1/settings`: what a project has its own way, for a key of it with the scope `admin` and for people.
 *
 * @module
 */

import type { Hono } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { changeSettings } from '../auth/change-settings.ts'
import { priceRuleJson } from '../auth/price-rules.ts'
import { viewsJson } from '../auth/saved-views.ts'
import { readChange, type Settings } from '../auth/settings.ts'
import type { Store } from '../store/store.ts'
import { adminApp, type AdminOptions, readJson } from './admin.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'

const PATH = '/v1/settings'

export interface SettingsOptions extends AdminOptions {
  store: Store
}

export function settingsRoutes(options: SettingsOptions): Hono<ProjectEnv> {
  const { store, directory, door, report } = options
  const app = adminApp(report)
  const admin = door('admin')

  app.get(PATH, admin, async (context) =>
    context.json(settingsJson(await directory.settings(context.get('project')))),
  )
  app.patch(PATH, admin, async (context) => {
    const change = readChange(await readJson(context))
    const settings = await changeSettings(directory, store, context.get('project'), change)
    return settings
      ? context.json(settingsJson(settings))
      : problem(context, 404, 'there is no such project')
  })
  app.all(PATH, onlyBy('GET', 'HEAD', 'PATCH'))
  return app
}

function settingsJson({ retentionDays, prices, views }: Settings) {
  return {
    retention_days: retentionDays,
    prices: prices.map(priceRuleJson),
    views: viewsJson(views),
  }
}
