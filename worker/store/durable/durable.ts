/**
 * The store on Workers: a SQLite Durable Object for each project, found by the project's name.
 *
 * @module
 */

import { StoreError } from '../errors.ts'
import type { Sums } from '../query.ts'
import type { SessionPage } from '../session-query.ts'
import type { SpanDetail, SpanRow, Store } from '../store.ts'
import type { Answer, ProjectObject } from './project.ts'

export function durableStore(projects: DurableObjectNamespace<ProjectObject>): Store {
  const stub = (project: string) => projects.get(projects.idFromName(project))

  return {
    async write(project, changes) {
      valueOf(await stub(project).write(changes))
    },
    list: async (project, query) => valueOf(await stub(project).list(query)),
    trace: async (project, traceId) =>
      valueOf(await read<SpanRow[]>(await stub(project).steps(traceId))),
    spans: async (project, ids) =>
      valueOf(await read<SpanDetail[]>(await stub(project).details(ids))),
    sum: async (project, query) => valueOf(await read<Sums>(await stub(project).sums(query))),
    facets: async (project, query) => valueOf(await stub(project).facets(query)),
    sessions: async (project, query) =>
      valueOf(await read<SessionPage>(await stub(project).sessions(query))),
    remove: async (project, what) => valueOf(await stub(project).remove(what)),
    async configure(project, settings) {
      valueOf(await stub(project).configure(settings))
    },
    tend: async (project) => valueOf(await stub(project).tend()),
  }
}

function valueOf<T>(answer: Answer<T>): T {
  if ('refused' in answer) throw new StoreError(answer.refused, answer.message)
  return answer.value
}

/** What our own object wrote: its shape is known. */
function read<T>(stream: ReadableStream): Promise<Answer<T>> {
  return new Response(stream).json<Answer<T>>()
}
