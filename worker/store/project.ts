/**
 * The Durable Object that holds one project's spans.
 *
 * What may be long is answered as a stream: a returned value may have at most 32 MiB.
 *
 * @module
 */

import { DurableObject } from 'cloudflare:workers'
import { durableDriver } from './durable-driver.ts'
import { sqliteStore, type ProjectStore } from './sqlite.ts'
import type { SpanChange, TracePage, TraceQuery, ValueField } from './store.ts'

export class Project extends DurableObject {
  readonly #store: ProjectStore

  constructor(context: DurableObjectState, env: Cloudflare.Env) {
    super(context, env)
    this.#store = sqliteStore(durableDriver(context.storage))
  }

  write(changes: readonly SpanChange[]): void {
    this.#store.write(changes)
  }

  list(query: TraceQuery): TracePage {
    return this.#store.list(query)
  }

  /** `SpanRow[]` as JSON. Not called `trace`, which is a handler of the platform. */
  steps(traceId: string): ReadableStream {
    return stream(this.#store.trace(traceId))
  }

  /** `SpanDetail` as JSON, or `null`. */
  step(id: string): ReadableStream {
    return stream(this.#store.span(id) ?? null)
  }

  values(field: ValueField): string[] {
    return this.#store.values(field)
  }
}

function stream(value: object | null): ReadableStream {
  return new Blob([JSON.stringify(value)]).stream()
}
