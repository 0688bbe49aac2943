/**
 * A `fetch` that keeps what passes through it on a cassette.
 *
 * @module
 */

import { askedOnce } from '../capture/request.ts'
import { reasonOf, TraceError } from '../errors.ts'
import type { Fetch } from '../tracer/options.ts'
import { askedOf, requestOf } from './asked.ts'
import { cassette, cassetteWriter, MAX_RECORDINGS, type Cassette } from './cassette.ts'
import { follow, type Exchange } from './exchange.ts'

export interface RecordOptions {
  /** Told of what could not be kept; a warning on the console unless told. */
  onError?: (error: TraceError) => void
}

/**
 * Returns a `fetch` that passes everything through, and keeps each exchange.
 *
 * Requests, replies, errors and timing are those of `fetch` itself. Kept are method, address, body and
 * the chunks of the answer with their times, without secrets: of headers an allow list, of query
 * parameters the harmless ones, and known shapes of keys are `[redacted]` in every text.
 *
 * @param fetch What to send with.
 * @param into A file (Node, Bun, Deno), written anew when a head comes and when an exchange ends; or a `cassette()`.
 * @throws {TraceError} `no_cassette`, for a file where the runtime has none.
 *
 * @example
 * ```ts
 * import { cassette, record } from 'carrot-trace/testing'
 * import OpenAI from 'openai'
 *
 * const tape = cassette() // or a file: 'test/cassettes/refund.json'
 * const openai = new OpenAI({ fetch: record(fetch, tape) })
 * const messages = [{ role: 'user' as const, content: 'A refund?' }]
 * await openai.chat.completions.create({ model: 'gpt-4o', messages })
 * console.log(tape.recordings.length) // 1
 * ```
 */
export function record(
  fetch: Fetch,
  into: string | URL | Cassette,
  { onError = warn }: RecordOptions = {},
): Fetch {
  const isFile = typeof into === 'string' || into instanceof URL
  const write = isFile ? cassetteWriter(into) : () => {}
  const tape = isFile ? cassette() : into
  let taken = 0

  return function recording(...given) {
    const [input, init] = attempt(() => askedOnce(given)) ?? given
    const exchange = attempt(() => begin(input, init))
    const failed = (error: unknown): never => {
      attempt(() => exchange?.failed(error))
      throw error
    }
    try {
      return fetch(input, init).then(
        (response) => attempt(() => exchange?.response(response)) ?? response,
        failed,
      )
    } catch (error) {
      return failed(error) // workerd of old dates throws what it should reject with
    }
  }

  function begin(input: RequestInfo | URL, init: RequestInit | undefined): Exchange | undefined {
    const asked = askedOf(input, init)
    if (!asked) return undefined
    if ((taken += 1) > MAX_RECORDINGS) {
      throw new Error(`a cassette takes ${MAX_RECORDINGS} exchanges`)
    }
    const keep = tape.reserve()
    const request = requestOf(asked)
    let told = false
    const tell = (cause: unknown) => {
      if (!told) report(cause)
      told = true
    }
    return follow(asked, tell, (answer) => {
      void request
        .then((request) => {
          keep(answer && { request, ...answer })
          write(tape)
        })
        .catch(tell)
    })
  }

  function attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      report(error)
      return undefined
    }
  }

  function report(cause: unknown): void {
    const why = `An exchange is not on the cassette: ${reasonOf(cause)}.`
    onError(new TraceError('capture_failed', why, { cause }))
  }
}

function warn({ message }: TraceError): void {
  // oxlint-disable-next-line no-console -- the last resort of who gave no `onError`
  console.warn(`carrot-trace: ${message}`)
}
