/**
 * The projects in the directory, and the settings of each.
 *
 * The id of a project is what its data is found by, and is used once: what arrives late for a removed
 * project can never show up in another.
 *
 * @module
 */

import type { Driver } from '../store/sqlite/driver.ts'
import { readStored, type Settings, type SettingsChange, writeStored } from './settings.ts'

/** One deployment is of one owner, whose projects fit a page. */
export const MAX_PROJECTS = 200

export interface ProjectEntry {
  id: string
  /** What people call it. */
  name: string
  createdUs: number
}

export interface ProjectSettings extends Settings {
  project: string
}

export interface ProjectBook {
  /** In the order in which they were made. */
  projects(): Promise<ProjectEntry[]>
  /** `false`: the name is taken, or there are `MAX_PROJECTS`. */
  createProject(id: string, name: string): Promise<boolean>
  /** The same where there is no project yet, and nothing otherwise. */
  createFirstProject(id: string, name: string): Promise<void>
  renameProject(id: string, name: string): Promise<'renamed' | 'taken' | 'unknown'>
  /** Revokes its keys and hides it. Its data and its entry are the caller's to remove after. */
  removeProject(id: string): Promise<boolean>
  /** The ids of those removed before then, whose entries are still here. */
  removedProjects(beforeUs: number): Promise<string[]>
  /** Forgets a removed project for good. */
  forgetProject(id: string): Promise<void>
  settings(project: string): Promise<Settings>
  /** Changes what is named. `undefined`: there is no such project. */
  changeSettings(project: string, change: SettingsChange): Promise<Settings | undefined>
  /** Those of all projects, for work that is done by schedule. */
  allSettings(): Promise<ProjectSettings[]>
}

export function projectBook(run: Driver['run'], nowUs: () => number): ProjectBook {
  return {
    async projects() {
      const [found = []] = await run([
        [
          `SELECT name, title, created_us FROM project
            WHERE removed_us IS NULL ORDER BY created_us, name`,
        ],
      ])
      return found.map(({ name, title, created_us }) => ({
        id: String(name),
        name: String(title),
        createdUs: Number(created_us),
      }))
    },

    async createProject(id, name) {
      const [made = []] = await run([
        [
          `INSERT INTO project (name, title, created_us) SELECT ?, ?, ?
            WHERE NOT EXISTS (SELECT 1 FROM project WHERE title = ? AND removed_us IS NULL)
            AND (SELECT count(*) FROM project WHERE removed_us IS NULL) < ?
            ON CONFLICT DO NOTHING RETURNING name`,
          id,
          name,
          nowUs(),
          name,
          MAX_PROJECTS,
        ],
      ])
      return made.length === 1
    },

    async createFirstProject(id, name) {
      await run([
        [
          `INSERT INTO project (name, title, created_us) SELECT ?, ?, ?
            WHERE NOT EXISTS (SELECT 1 FROM project WHERE removed_us IS NULL)`,
          id,
          name,
          nowUs(),
        ],
      ])
    },

    async renameProject(id, name) {
      const [known = [], renamed = []] = await run([
        [`SELECT 1 FROM project WHERE name = ? AND removed_us IS NULL`, id],
        [
          `UPDATE project SET title = ? WHERE name = ? AND removed_us IS NULL AND NOT EXISTS (
            SELECT 1 FROM project WHERE title = ? AND name <> ? AND removed_us IS NULL
          ) RETURNING name`,
          name,
          id,
          name,
          id,
        ],
      ])
      if (known.length === 0) return 'unknown'
      return renamed.length === 1 ? 'renamed' : 'taken'
    },

    async removeProject(id) {
      const [removed = []] = await run([
        [
          `UPDATE project SET removed_us = ? WHERE name = ? AND removed_us IS NULL RETURNING name`,
          nowUs(),
          id,
        ],
        [`UPDATE key SET revoked_us = ? WHERE project = ? AND revoked_us IS NULL`, nowUs(), id],
      ])
      return removed.length === 1
    },

    async removedProjects(beforeUs) {
      const [found = []] = await run([
        [`SELECT name FROM project WHERE removed_us < ? ORDER BY removed_us`, beforeUs],
      ])
      return found.map(({ name }) => String(name))
    },

    async forgetProject(id) {
      const removed = `SELECT name FROM project WHERE name = ? AND removed_us IS NOT NULL`
      await run([
        [`DELETE FROM key WHERE project IN (${removed})`, id],
        [`DELETE FROM project WHERE name = ? AND removed_us IS NOT NULL`, id],
      ])
    },

    async settings(project) {
      const [[found] = []] = await run([
        [`SELECT settings FROM project WHERE name = ? AND removed_us IS NULL`, project],
      ])
      return readStored(found?.settings)
    },

    async changeSettings(project, change) {
      const [[changed] = []] = await run([
        [
          // Merged by the engine, so that two changes at once are both kept.
          `UPDATE project SET settings = json_patch(settings, ?)
            WHERE name = ? AND removed_us IS NULL RETURNING settings`,
          writeStored(change),
          project,
        ],
      ])
      return changed && readStored(changed.settings)
    },

    async allSettings() {
      const [found = []] = await run([
        [`SELECT name, settings FROM project WHERE removed_us IS NULL ORDER BY name`],
      ])
      return found.map(({ name, settings }) => ({
        project: String(name),
        ...readStored(settings),
      }))
    },
  }
}
