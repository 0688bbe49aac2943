/**
 * The Durable Object that holds one project's spans.
 *
 * What may be long is answered as a stream: a returned value may have at most 32 MiB. A refusal is
 * answered as its code: an error loses its class on the way from the object.
 *
 * @module
 */

import { DurableObject } from 'cloudflare:workers'
import { StoreError, type StoreErrorCode } from '../errors.ts'
import { newsroom, type Newsroom, tracesOf } from '../newsroom.ts'
import type { FacetQuery, Facets, SumQuery, TraceQuery } from '../query.ts'
import type { SessionQuery } from '../session-query.ts'
import { sqliteStore, type ProjectStore, type SqliteOptions } from '../sqlite/sqlite.ts'
import type { Removal, Removed, SpanChange, StoreSettings, TracePage } from '../store.ts'
import { durableDriver } from './durable-driver.ts'
import { type Sockets, sockets } from './sockets.ts'

/** So long after a write, what it put off is done. */
const TEND_MS = 1000

/** An alarm does so much at a time, and lets others in between. */
const MAX_SLICES = 10

export type Answer<T> = { value: T } | { refused: StoreErrorCode; message: string }

export abstract class ProjectObject extends DurableObject {
  readonly #store: ProjectStore
  readonly #sockets: Sockets
  readonly #news: Newsroom
  #isDue = false
  /** Nothing was asked yet: a new version of this program may have something to do. */
  #isNew = true

  constructor(context: DurableObjectState, env: Cloudflare.Env, options: SqliteOptions) {
    super(context, env)
    this.#store = sqliteStore(durableDriver(context.storage), options)
    this.#sockets = sockets(context)
    this.#news = newsroom(this.#sockets)
  }

  /** A page that wants to hear of changes. */
  override fetch(): Response {
    return this.#sockets.accept(this.#news.recent())
  }

  /** Pages listen and say nothing but `ping`, which is answered without this. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1008, 'nothing is to be said here')
  }

  async write(changes: readonly SpanChange[]): Promise<Answer<null>> {
    const answer = await answered(async () => {
      await this.#store.write(changes)
      this.#news.note(tracesOf(changes))
      return null
    })
    await this.#tendSoon()
    return answer
  }

  async #tendSoon(): Promise<void> {
    this.#isNew = false
    if (this.#isDue) return
    this.#isDue = true
    await this.ctx.storage.setAlarm(Date.now() + TEND_MS)
  }

  async list(query: TraceQuery): Promise<Answer<TracePage>> {
    if (this.#isNew) await this.#tendSoon()
    return answered(() => this.#store.list(query))
  }

  /** `Answer<SpanRow[]>` as JSON. Not called `trace`, which is a handler of the platform. */
  async steps(traceId: string): Promise<ReadableStream> {
    return stream(await answered(() => this.#store.trace(traceId)))
  }

  /** `Answer<SpanDetail[]>` as JSON. */
  async details(ids: readonly string[]): Promise<ReadableStream> {
    return stream(await answered(() => this.#store.spans(ids)))
  }

  /** `Answer<Sums>` as JSON. */
  async sums(query: SumQuery): Promise<ReadableStream> {
    return stream(await answered(() => this.#store.sum(query)))
  }

  facets(query: FacetQuery): Promise<Answer<Facets>> {
    return answered(() => this.#store.facets(query))
  }

  /** `Answer<SessionPage>` as JSON. */
  async sessions(query: SessionQuery): Promise<ReadableStream> {
    return stream(await answered(() => this.#store.sessions(query)))
  }

  remove(what: Removal): Promise<Answer<Removed>> {
    return answered(async () => {
      const removed = await this.#store.remove(what)
      if (removed.spans > 0) this.#news.note('traces' in what ? what.traces : [null])
      return removed
    })
  }

  async configure(settings: StoreSettings): Promise<Answer<null>> {
    await this.#tendSoon()
    return answered(async () => {
      await this.#store.configure(settings)
      return null
    })
  }

  tend(): Promise<Answer<boolean>> {
    return answered(() => this.#store.tend())
  }

  override async alarm(): Promise<void> {
    this.#isDue = false // first: what is written meanwhile asks for an alarm of its own
    for (let slice = 0; slice < MAX_SLICES; slice += 1) {
      if (!(await this.#store.tend())) return
    }
    this.#isDue = true
    await this.ctx.storage.setAlarm(Date.now())
  }
}

async function answered<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question() }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { refused: error.code, message: error.message }
  }
}

function stream(value: object): ReadableStream {
  return new Blob([JSON.stringify(value)]).stream()
}
