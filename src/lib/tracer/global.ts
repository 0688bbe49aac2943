/**
 * The package's own functions: a scope over whichever tracer is in force at the time of a call.
 *
 * So a function traced, or a client wrapped, before `init` is recorded by what `init` sets up.
 *
 * @module
 */

import { copyOf } from './copies.ts'
import { createScope } from './create-scope.ts'
import { inForce } from './default.ts'
import { diagnose, type Diagnosis } from './doctor.ts'
import type { Receipt } from '../export/send.ts'
import { patch, type Patch } from './patch.ts'
import type { Scope, Span } from './scope.ts'
import type { Core } from './span.ts'

const core: Core = {
  get settings() {
    return inForce().core.settings
  },
  get formats() {
    return inForce().core.formats
  },
  get exporters() {
    return inForce().core.exporters
  },
  get batch() {
    return inForce().core.batch
  },
  get ambient() {
    return inForce().core.ambient
  },
  get mirror() {
    return inForce().core.mirror
  },
  get retries() {
    return inForce().core.retries
  },
  get unread() {
    return inForce().core.unread
  },
  get sampling() {
    return inForce().core.sampling
  },
  get prepare() {
    return inForce().core.prepare
  },
  copy: copyOf,
  send: (...sent) => inForce().core.send(...sent),
  report: (code, message, cause) => inForce().core.report(code, message, cause),
}

const scope = createScope(core, () => core.ambient.get())

/**
 * The global `fetch`, recording calls to model APIs.
 *
 * Requests, replies, errors and timing are those of `fetch` itself. Requests to any other address
 * get the very `Response` that `fetch` gives. Needs no `this`.
 *
 * @example
 * ```ts
 * import { fetch } from 'carrot-trace'
 * import OpenAI from 'openai'
 *
 * const openai = new OpenAI({ fetch })
 * ```
 */
export const fetch: typeof globalThis.fetch = scope.fetch

/**
 * Another `fetch`, recording calls to model APIs likewise.
 *
 * @param fetch The function to wrap: of a proxy, a test, a library.
 * @returns A function of the same type, with the same properties. Wrapping it again records no call twice.
 *
 * @example
 * ```ts
 * import { wrapFetch } from 'carrot-trace'
 *
 * const withProxy = (input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init)
 * const traced = wrapFetch(withProxy)
 * ```
 */
export const wrapFetch: Scope['wrapFetch'] = scope.wrapFetch

/**
 * A copy of a client that records its calls.
 *
 * It is of the client's own class and type, and differs in its `fetch` alone. Takes clients with
 * `withOptions` (openai, Anthropic, Groq, …), the AI SDK's providers and models, `@google/genai`,
 * Mistral, Cohere, Ollama, LangChain's OpenAI models, and plain `fetch` functions.
 *
 * @param client The client, which is left as it is; or a `fetch`.
 * @param defaults Tags and metadata for every call that this client makes.
 * @throws {TraceError} `cannot_wrap`, saying which option to pass to the client instead.
 *
 * @example
 * ```ts
 * import { wrap } from 'carrot-trace'
 * import OpenAI from 'openai'
 *
 * const openai = wrap(new OpenAI(), { tags: ['production'] })
 * ```
 */
export const wrap: Scope['wrap'] = scope.wrap

/**
 * Replaces the global `fetch` by one that records, for clients that take it by themselves.
 *
 * Opt-in. Clients made before it may have kept the `fetch` they found. It keeps the property's
 * descriptor and the function's own properties, a second call changes nothing, and it stays right
 * when others replace `fetch` as well and put theirs back in any order.
 *
 * @returns What undoes it: `restore()`, or `using`.
 * @throws {TraceError} `cannot_patch`, where the runtime does not let go of its `fetch`.
 *
 * @example
 * ```ts
 * import { patchFetch } from 'carrot-trace'
 *
 * {
 *   using patched = patchFetch()
 *   await fetch('data:,') // recorded, if it were a call
 * }
 * ```
 */
export function patchFetch(): Patch {
  return patch(scope.wrapFetch)
}

/**
 * Makes every call of a function a span: calls to models inside become its children.
 *
 * Takes a function; a name and a function; options and a function; or stands as a decorator before
 * a method, bare, with a name, or with options. The result has the function's exact type, `this`,
 * `name` and `length`. What it returns is what the function returned: a promise, a generator, a
 * stream or a `Response` is followed to its end without being read ahead. A throw is recorded and
 * thrown on, the same object.
 *
 * @throws {TraceError} `invalid_option`; `legacy_decorator`, under `experimentalDecorators`.
 *
 * @example
 * ```ts
 * import { trace } from 'carrot-trace'
 *
 * const plain = trace(async function search(query: string) {
 *   return [`about ${query}`]
 * })
 * const named = trace('my-pipeline', (question: string) => plain(question))
 * const tagged = trace({ name: 'my-pipeline', tags: ['production'], metadata: { version: '2' } }, named)
 *
 * class Bot {
 *   @trace('answer')
 *   answer(question: string) {
 *     return tagged(question)
 *   }
 * }
 * ```
 */
export const trace: Scope['trace'] = scope.trace

/**
 * Runs a block as a span, now. It ends where the block's result ends.
 *
 * @returns What the block returns.
 * @throws What the block throws.
 *
 * @example
 * ```ts
 * import { span } from 'carrot-trace'
 *
 * const hits = await span('search', { kind: 'retriever', tags: ['kb'] }, async (s) => {
 *   s.set({ input: 'password', metadata: { index: 'help' } })
 *   return ['Settings > Security']
 * })
 * ```
 */
export const span: Scope['span'] = scope.span

/**
 * Runs a block whose every span and call has these attributes: whom it is for, which conversation it
 * belongs to, tags and metadata beside those it has.
 *
 * Where the runtime carries no context across `await`, use the scope that the block is given.
 *
 * @returns What the block returns.
 *
 * @example
 * ```ts
 * import { span, withAttributes } from 'carrot-trace'
 *
 * await withAttributes({ userId: 'u_1042', sessionId: 's_77f1', tags: ['chat'] }, async (scope) => {
 *   await span('answer', async () => {}) // or scope.span, on any runtime
 * })
 * ```
 */
export const withAttributes: Scope['withAttributes'] = scope.withAttributes

/**
 * Begins a span that ends with `end()`, or with the block that it is declared in by `using`.
 *
 * @example
 * ```ts
 * import { startSpan } from 'carrot-trace'
 *
 * {
 *   using step = startSpan('step', { kind: 'tool' })
 *   step.set({ output: 42 })
 * }
 * ```
 */
export const startSpan: Scope['startSpan'] = scope.startSpan

/** The span that the running code is in; none where the runtime carries no context across `await`. */
export function currentSpan(): Span | undefined {
  return inForce().tracer.currentSpan()
}

/**
 * Sends what has been recorded, and says what became of it since the last time.
 *
 * Comes back after `limits.flushTimeout` (5 s) at the latest. It never rejects.
 *
 * @example
 * ```ts
 * import { flush } from 'carrot-trace'
 *
 * const { accepted, rejected, dropped, pending } = await flush()
 * ```
 */
export function flush(): Promise<Receipt> {
  return inForce().tracer.flush()
}

/**
 * Says how this program is traced: its runtime, whether context follows across `await`, how what is
 * left gets sent, how fine its clock is, whether the collector takes a record (one named `doctor` is
 * sent), and whether the calls of each given client are seen.
 *
 * @param clients To be told of.
 * @returns What was found; as a text, a line for each thing. It never rejects.
 *
 * @example
 * ```ts
 * import { doctor } from 'carrot-trace'
 * import OpenAI from 'openai'
 *
 * console.log(String(await doctor(new OpenAI())))
 * ```
 */
export function doctor(...clients: readonly unknown[]): Promise<Diagnosis> {
  return diagnose(core, clients)
}

/** Flushes for the last time; the process is not waited for any more. */
export function shutdown(): Promise<Receipt> {
  return inForce().tracer.shutdown()
}
