/**
 * The door for people: in by whatever way the host has, into the project that they chose.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { ProjectEnv, Refusal } from './access.ts'
import type { Directory } from './directory.ts'
import { SCOPES } from './keys.ts'
import type { People } from './people.ts'
import type { ProjectEntry } from './project-book.ts'
import { FOREIGN, isOwnRequest } from './same-origin.ts'

export interface PersonDoorOptions {
  people: People
  directory: Directory
}

/** A choice and no right: who is let in may see every project. */
const CHOICE = 'carrot-project'
const YEAR_SECONDS = 365 * 24 * 60 * 60

const FIRST_PROJECT = 'default'

export function personDoor(
  { people, directory }: PersonDoorOptions,
  refuse: Refusal,
): MiddlewareHandler<ProjectEnv> {
  return async (context, next) => {
    const verdict = await people.judge(context)
    if (verdict !== undefined) return refuse(context, verdict.status, verdict.reason)
    if (!isOwnRequest(context)) return refuse(context, 403, FOREIGN)
    const projects = await known(directory, people.local)
    const chosen = getCookie(context, CHOICE)
    const project =
      projects.find(({ id }) => id === chosen) ??
      projects.find(({ id }) => id === people.local) ??
      projects[0]
    if (project === undefined) throw new Error('a directory has at least one project')
    context.set('project', project.id)
    context.set('scopes', SCOPES)
    context.set('viewer', {
      project,
      projects,
      ...(people.logout && { logout: people.logout }),
    })
    return next()
  }
}

/** All projects, and the one that is there without anybody having made it. */
async function known(directory: Directory, local: string | undefined): Promise<ProjectEntry[]> {
  const projects = await directory.projects()
  if (local !== undefined) {
    if (projects.some(({ id }) => id === local)) return projects
    await directory.createProject(local, local)
  } else {
    if (projects.length > 0) return projects
    await directory.createFirstProject(crypto.randomUUID(), FIRST_PROJECT)
  }
  return directory.projects()
}

export function chooseProject(context: Context<ProjectEnv>, id: string): void {
  setCookie(context, CHOICE, id, {
    path: '/',
    secure: new URL(context.req.url).protocol === 'https:',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: YEAR_SECONDS,
  })
}
