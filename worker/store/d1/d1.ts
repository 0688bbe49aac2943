/**
 * The store in one D1 database: tables of its own for each project.
 *
 * Requests share no promise, as those of a Worker must not: each question has an adapter of its own. Two
 * that write at once find out by the adapter's guard, as two processes on one file do.
 *
 * @module
 */

import { sqliteStore, type ProjectStore, type SqliteOptions } from '../sqlite/sqlite.ts'
import { StoreError } from '../errors.ts'
import type { SpanChange, Store } from '../store.ts'
import { d1Driver } from './d1-driver.ts'

export interface D1Options extends SqliteOptions {
  /** Keeps work alive that nobody waits for: `waitUntil`. Without it the host has to call `tend`. */
  later?: (work: Promise<unknown>) => void
}

/** So long after a write, what it put off is done. */
const TEND_MS = 1000

/** At a time, and the rest after the next write. */
const MAX_SLICES = 10

/** With longer and longer pauses between: about three seconds in all. */
const MAX_TRIES = 8
const FIRST_PAUSE_MS = 25

/** Projects whose tables are known to be there, in one isolate. */
const MAX_KNOWN = 1000

export function d1Store(database: D1Database, { later, ...options }: D1Options = {}): Store {
  const current = new Set<string>()
  const due = new Set<string>()

  async function use<T>(project: string, work: (store: ProjectStore) => Promise<T>): Promise<T> {
    const driver = d1Driver(database, await prefixOf(project))
    const store = sqliteStore(driver, { ...options, isCurrent: current.has(project) })
    const answer = await work(store)
    if (current.size < MAX_KNOWN) current.add(project)
    return answer
  }

  /** Writers of one project that meet again and again get out of each other's way by chance. */
  async function write(project: string, changes: readonly SpanChange[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await use(project, (store) => store.write(changes))
        return
      } catch (error) {
        const isBusy = error instanceof StoreError && error.code === 'busy'
        if (!isBusy || tries === MAX_TRIES) throw error
        await pause(Math.random() * FIRST_PAUSE_MS * 2 ** tries)
      }
    }
  }

  function tendSoon(project: string): void {
    if (later === undefined || due.has(project)) return
    due.add(project)
    later(tendLater(project))
  }

  async function tendLater(project: string): Promise<void> {
    await pause(TEND_MS)
    due.delete(project)
    await use(project, async (store) => {
      for (let slice = 0; slice < MAX_SLICES; slice += 1) if (!(await store.tend())) return
    })
  }

  return {
    async write(project, changes) {
      await write(project, changes)
      tendSoon(project)
    },
    async configure(project, settings) {
      await use(project, (store) => store.configure(settings))
      tendSoon(project)
    },
    list: (project, query) => use(project, (store) => store.list(query)),
    trace: (project, traceId) => use(project, (store) => store.trace(traceId)),
    spans: (project, ids) => use(project, (store) => store.spans(ids)),
    sum: (project, query) => use(project, (store) => store.sum(query)),
    facets: (project, query) => use(project, (store) => store.facets(query)),
    sessions: (project, query) => use(project, (store) => store.sessions(query)),
    remove: (project, what) => use(project, (store) => store.remove(what)),
    tend: (project) => use(project, (store) => store.tend()),
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Made of the name's hash: no name is ever part of a statement. */
async function prefixOf(project: string): Promise<string> {
  // Not as UTF-8, in which all halves of surrogate pairs are one.
  const units = Uint16Array.from({ length: project.length }, (_, at) => project.charCodeAt(at))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', units))
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0'))
  return `p_${hex.join('')}_`
}
