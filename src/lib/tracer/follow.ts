/**
 * Follows what a function gave back to where it really ends: a promise, a generator, a stream.
 *
 * The caller gets what it would have got, at the pace it would have: nothing is read ahead, nothing
 * is awaited twice, and a rejection that nobody handles is still handled by nobody.
 *
 * @module
 */

import { isByteStream, observe, type Observer } from '../capture/observe.ts'
import { isWatchable, remake } from '../capture/rewrap.ts'
import { isAnyObject } from '../json.ts'
import { sourceOf } from './parameters.ts'

/** What the follower tells, exactly one of the two, once. */
export interface Outcome {
  ok(value: unknown): void
  failed(error: unknown): void
  /** Runs what the application does later in the context it began in. */
  inside<Result>(work: () => Result): Result
}

/** Of what comes piece by piece so many are kept; texts are one text, of so many characters. */
const MAX_ITEMS = 999 // and a note of the rest: as many as a record shows of a list
const MAX_CHARS = 1_000_000

/** @returns What to give to the caller in place of `result`. */
export function follow(result: unknown, outcome: Outcome): unknown {
  if (isThenable(result)) return followPromise(result, outcome)
  if (isGenerator(result)) return followGenerator(result, outcome)
  if (result instanceof ReadableStream && !result.locked) return followStream(result, outcome)
  if (result instanceof Response && isWatchable(result)) {
    return remake(
      result,
      observe(result.body, streamObserver(`[Response ${result.status}]`, outcome)),
    )
  }
  outcome.ok(result)
  return result
}

export interface Thenable {
  then: (onOk?: (value: unknown) => unknown, onError?: (error: unknown) => unknown) => unknown
}

function followPromise(promise: Thenable, outcome: Outcome): unknown {
  const then = promise.then
  const ok = (value: unknown) => follow(value, outcome)
  const failed = (error: unknown) => {
    outcome.failed(error)
    throw error
  }
  if (isPlain(promise)) return then.call(promise, ok, failed)
  // A client's own kind of promise has methods of its own and may start its work only when it is
  // awaited: it stays itself, and is followed when the caller does await it.
  Object.defineProperty(promise, 'then', {
    configurable: true,
    writable: true,
    value: (onOk?: (value: unknown) => unknown, onError?: (error: unknown) => unknown) =>
      then.call(
        promise,
        (value) => (onOk ? onOk(ok(value)) : ok(value)),
        (error) => {
          outcome.failed(error)
          if (onError) return onError(error)
          throw error
        },
      ),
  })
  return promise
}

/** Of another realm too (a frame, a sandbox): where it comes from, `await` does not ask for its `then`. */
function isPlain({ constructor }: Thenable): boolean {
  return (
    constructor === Promise ||
    (typeof constructor === 'function' && sourceOf(constructor) === sourceOf(Promise))
  )
}

type AnyGenerator = Generator | AsyncGenerator

/** The generator itself, with its three methods led through the follower. */
function followGenerator(generator: AnyGenerator, outcome: Outcome): AnyGenerator {
  const yielded = gather()
  for (const name of ['next', 'return', 'throw'] as const) {
    const method: (value: unknown) => unknown = generator[name]
    Object.defineProperty(generator, name, {
      configurable: true,
      writable: true,
      value: (value: unknown) => step(() => method.call(generator, value)),
    })
  }
  return generator

  function step(advance: () => unknown): unknown {
    try {
      const result = outcome.inside(advance)
      return isThenable(result) ? result.then(seen, failed) : seen(result)
    } catch (error) {
      return failed(error)
    }
  }

  function seen(result: unknown): unknown {
    const { done, value } = isResult(result) ? result : {}
    if (done) outcome.ok(value ?? yielded.all())
    else yielded.add(value)
    return result
  }

  function failed(error: unknown): never {
    outcome.failed(error)
    throw error
  }
}

function followStream(stream: ReadableStream<unknown>, outcome: Outcome): ReadableStream<unknown> {
  const observer = streamObserver('[ReadableStream]', outcome)
  if (isByteStream(stream)) return observe(stream, observer)
  const reader = stream.getReader()
  const chunks = gather()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await outcome.inside(() => reader.read())
          if (done) {
            outcome.ok(chunks.all())
            return controller.close()
          }
          chunks.add(value)
          controller.enqueue(value)
        } catch (error) {
          observer.end('failed', error)
          controller.error(error)
        }
      },
      cancel(reason) {
        observer.end('cancelled')
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

/** Bytes are counted, not kept: what a stream says to a browser is no record's business. */
function streamObserver(name: string, outcome: Outcome): Observer {
  let bytes = 0
  return {
    chunk(chunk) {
      bytes += chunk.byteLength
    },
    end(how, error) {
      if (how === 'failed') outcome.failed(error)
      else outcome.ok(`${name.slice(0, -1)}, ${bytes} bytes${how === 'closed' ? '' : `, ${how}`}]`)
    },
  }
}

/** Pieces of text make one text. What is left out is counted, and said. */
function gather(): { add(value: unknown): void; all(): unknown } {
  const items: unknown[] = []
  let text: string | undefined = '' // none once something is no text
  let kept = 0 // pieces of it
  let count = 0
  return {
    add(value) {
      if (items.length < MAX_ITEMS) items.push(value)
      if (typeof value !== 'string') text = undefined
      else if (text !== undefined && kept === count && text.length + value.length <= MAX_CHARS) {
        text += value
        kept += 1
      }
      count += 1
    },
    all() {
      const more = count - (text === undefined ? items.length : kept)
      const rest = more > 0 ? [`… [${more} more]`] : []
      return text === undefined || count === 0 ? [...items, ...rest] : text + rest.join('')
    },
  }
}

/** Promises of remote calls (workerd) look like functions. */
export function isThenable(value: unknown): value is Thenable {
  const isSome = isAnyObject(value) || typeof value === 'function'
  return isSome && 'then' in value && typeof value.then === 'function'
}

function isGenerator(value: unknown): value is AnyGenerator {
  return /^\[object (?:Async)?Generator\]$/.test(Object.prototype.toString.call(value))
}

function isResult(value: unknown): value is IteratorResult<unknown> {
  return isAnyObject(value)
}
