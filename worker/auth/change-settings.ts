/**
 * Changing a project's settings where they are kept and where they count.
 *
 * @module
 */

import type { Store } from '../store/store.ts'
import type { Directory } from './directory.ts'
import { checkRoom } from './saved-views.ts'
import type { Settings, SettingsChange } from './settings.ts'

/**
 * The settings as they are now; `undefined` if there is no such project. Should the store fail, ask again.
 *
 * @throws {Invalid}
 */
export async function changeSettings(
  directory: Directory,
  store: Store,
  project: string,
  change: SettingsChange,
): Promise<Settings | undefined> {
  if (change.views) checkRoom((await directory.settings(project)).views, change.views)
  const settings = await directory.changeSettings(project, change)
  if (settings !== undefined && change.prices !== undefined) {
    await store.configure(project, { priceRules: settings.prices })
  }
  return settings
}
