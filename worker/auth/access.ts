/**
 * What a request may touch: the one project it was let in for.
 *
 * The project comes from the key or the session and never from the address or the body, so that no
 * route can be talked into another project's data.
 *
 * @module
 */

import type { Context } from 'hono'
import type { Scope } from './keys.ts'
import type { ProjectEntry } from './project-book.ts'

/** The Hono environment of every route behind a key or a login. */
export interface ProjectEnv {
  Variables: {
    /** The same in the answer's header, in problems and in the log. */
    requestId: string
    project: string
    /** What may be done: of the key, or of the person. */
    scopes: readonly Scope[]
    /** The key that the request came with, by its id. */
    keyId?: string
    /** Who is looking at pages. */
    viewer?: Viewer
    /** What became of the records of a request. Set by who took them. */
    ingested?: Ingested
  }
}

export interface Viewer {
  /** Of which project. */
  project: ProjectEntry
  projects: readonly ProjectEntry[]
  /** How to log out; nothing where nobody is logged in. */
  logout?: Logout
}

/** By a form, or by the address of somebody else's page. */
export type Logout = 'form' | { address: string }

export interface Ingested {
  accepted: number
  rejected: number
  /** Of the body, once inflated. */
  bytes: number
}

/** Answers who is not let in, in the manner of the route. */
export type Refusal = (
  context: Context<ProjectEnv>,
  status: 401 | 403 | 429 | 503,
  reason: string,
) => Response | Promise<Response>
