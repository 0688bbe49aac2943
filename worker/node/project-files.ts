/**
 * The store of a process: a folder with one SQLite file a project.
 *
 * A file is opened when it is first asked for, made when it is first written to, and closed when nothing
 * was asked of it for a while. No more than a number of them are open; who needs one more waits until
 * one of them is free.
 *
 * @module
 */

import { existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { StoreError } from '../store/errors.ts'
import { type ProjectStore, sqliteStore, type SqliteOptions } from '../store/sqlite/sqlite.ts'
import type { Store } from '../store/store.ts'
import { type FileDriver, type FileOptions, nodeDriver } from './node-driver.ts'
import { projectFile } from './project-file.ts'
import { type Tending, tending } from './tending.ts'

export interface ProjectFilesOptions extends SqliteOptions, FileOptions {
  folder: string
  /** Files that are open at once. */
  maxOpen?: number
  /** A file is closed when nothing was asked of it for so long. */
  idleMs?: number
  /** Told of what failed while nobody waited for it. */
  onError?: (error: unknown) => void
}

export interface ProjectFiles extends Store {
  /** Removes the file of a project. */
  removeFile(project: string): Promise<void>
  /** Waits for what is being done, and closes every file. Nothing can be asked afterwards. */
  close(): Promise<void>
}

const MAX_OPEN = 64
const IDLE_MS = 60_000

interface Opened {
  driver: FileDriver
  store: ProjectStore
  tending: Tending
  uses: number
  idle?: ReturnType<typeof setTimeout> | undefined
}

export function projectFiles(options: ProjectFilesOptions): ProjectFiles {
  const { folder, readOnly = false, maxOpen = MAX_OPEN, idleMs = IDLE_MS } = options
  const { onError = () => {} } = options
  const opened = new Map<string, Opened>()
  const using = new Set<Promise<unknown>>()
  let waiting: (() => void)[] = []
  let isClosed = false
  let empty: FileDriver | undefined
  if (!readOnly) mkdirSync(folder, { recursive: true, mode: 0o700 })

  /** Says that it is used: whoever gets it has to let go of it. */
  async function take(project: string): Promise<Opened> {
    for (;;) {
      if (isClosed) throw new StoreError('unavailable', 'the store is closed')
      const file = opened.get(project) ?? (hasRoom() ? open(project) : undefined)
      if (file) {
        clearTimeout(file.idle)
        file.uses += 1
        return file
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }

  function hasRoom(): boolean {
    if (opened.size < maxOpen) return true
    const unused = [...opened].find(([, { uses }]) => uses === 0)
    if (unused) close(unused[0])
    return unused !== undefined
  }

  function open(project: string): Opened {
    const driver = nodeDriver(projectFile(folder, project), options)
    const store = sqliteStore(driver, options)
    const tend = () => use(project, (store) => store.tend())
    const file: Opened = { driver, store, uses: 0, tending: tending(tend, onError) }
    opened.set(project, file)
    if (!readOnly) file.tending.soon() // what another version of this program left to do
    return file
  }

  function letGo(project: string, file: Opened): void {
    file.uses -= 1
    if (file.uses === 0) {
      opened.delete(project)
      opened.set(project, file) // the one that was used last is the last to be closed
      file.idle = setTimeout(() => close(project), idleMs)
      file.idle.unref()
    }
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }

  function close(project: string): void {
    const file = opened.get(project)
    opened.delete(project)
    clearTimeout(file?.idle)
    file?.tending.stop()
    file?.driver[Symbol.dispose]()
  }

  function use<T>(project: string, work: (store: ProjectStore) => Promise<T>): Promise<T> {
    async function used(): Promise<T> {
      const file = await take(project)
      try {
        return await work(file.store)
      } finally {
        letGo(project, file)
      }
    }
    const result = used()
    const settled = result.catch(() => {}).finally(() => using.delete(settled))
    using.add(settled)
    return result
  }

  /** What is only read makes no file. */
  async function ask<T>(
    project: string,
    question: (store: ProjectStore) => Promise<T>,
  ): Promise<T> {
    if (opened.has(project) || existsSync(projectFile(folder, project))) {
      return use(project, question)
    }
    if (!existsSync(folder)) throw new StoreError('unavailable', 'the folder of the store is gone')
    return question(nothing())
  }

  /** The store of all projects that have no file. */
  function nothing(): ProjectStore {
    empty ??= nodeDriver()
    return sqliteStore(empty)
  }

  return {
    write: (project, changes) =>
      use(project, async (store) => {
        await store.write(changes)
        opened.get(project)?.tending.soon()
      }),
    list: (project, query) => ask(project, (store) => store.list(query)),
    trace: (project, traceId) => ask(project, (store) => store.trace(traceId)),
    spans: (project, ids) => ask(project, (store) => store.spans(ids)),
    sum: (project, query) => ask(project, (store) => store.sum(query)),
    facets: (project, query) => ask(project, (store) => store.facets(query)),
    sessions: (project, query) => ask(project, (store) => store.sessions(query)),
    // By name, of what has yet to come as well.
    remove: (project, what) =>
      'traces' in what
        ? use(project, (store) => store.remove(what))
        : ask(project, (store) => store.remove(what)),
    configure: (project, settings) =>
      use(project, async (store) => {
        await store.configure(settings)
        opened.get(project)?.tending.soon()
      }),
    tend: (project) => ask(project, (store) => store.tend()),

    async removeFile(project) {
      // By whoever is at work on it this is tried again.
      if ((opened.get(project)?.uses ?? 0) > 0) {
        throw new StoreError('busy', 'the project is being written to')
      }
      close(project)
      const file = projectFile(folder, project)
      for (const path of [file, `${file}-wal`, `${file}-shm`]) await rm(path, { force: true })
    },
    async close() {
      isClosed = true
      for (const wake of waiting) wake()
      for (const { tending } of opened.values()) tending.stop()
      await Promise.all(using)
      for (const project of opened.keys()) close(project)
      empty?.[Symbol.dispose]()
    },
  }
}
