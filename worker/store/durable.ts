/**
 * The store on Workers: a SQLite Durable Object for each project, found by the project's name.
 *
 * @module
 */

import { readCursor } from './cursor.ts'
import type { Project } from './project.ts'
import type { SpanDetail, SpanRow, Store } from './store.ts'

export function durableStore(projects: DurableObjectNamespace<Project>): Store {
  const stub = (project: string) => projects.get(projects.idFromName(project))

  return {
    async write(project, changes) {
      await stub(project).write(changes)
    },
    async list(project, query) {
      if (query.before !== undefined) {
        readCursor(query.before) // here, as an error loses its class on the way from the object
      }
      return stub(project).list(query)
    },
    async trace(project, traceId) {
      return read<SpanRow[]>(await stub(project).steps(traceId))
    },
    async span(project, id) {
      return (await read<SpanDetail | null>(await stub(project).step(id))) ?? undefined
    },
    async values(project, field) {
      return stub(project).values(field)
    },
  }
}

/** What our own object wrote: its shape is known. */
function read<T>(stream: ReadableStream): Promise<T> {
  return new Response(stream).json<T>()
}
