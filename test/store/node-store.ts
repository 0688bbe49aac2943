/** Stores on the SQLite that Node brings, for tests: one database a project. */

import { nodeDriver } from '../../worker/node/node-driver.ts'
import { type ProjectStore, sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import type { Store } from '../../worker/store/store.ts'

export function storeOf(open: (project: string) => ProjectStore): Store {
  const projects = new Map<string, ProjectStore>()
  function project(name: string): ProjectStore {
    const opened = projects.get(name) ?? open(name)
    projects.set(name, opened)
    return opened
  }
  return {
    write: (name, changes) => project(name).write(changes),
    list: (name, query) => project(name).list(query),
    trace: (name, traceId) => project(name).trace(traceId),
    spans: (name, ids) => project(name).spans(ids),
    sum: (name, query) => project(name).sum(query),
    facets: (name, query) => project(name).facets(query),
    sessions: (name, query) => project(name).sessions(query),
    remove: (name, what) => project(name).remove(what),
    configure: (name, settings) => project(name).configure(settings),
    tend: (name) => project(name).tend(),
  }
}

export function memoryStore(): Store {
  return storeOf(() => sqliteStore(nodeDriver()))
}
