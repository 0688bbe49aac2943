/**
 * A `fetch` that answers from a cassette, and never asks the network.
 *
 * @module
 */

import type { SeenBody } from '../capture/request.ts'
import { stopwatch } from '../clock.ts'
import { TraceError } from '../errors.ts'
import { check } from '../tracer/checks.ts'
import type { Fetch } from '../tracer/options.ts'
import { bytesOf } from './answered.ts'
import { askedOf, requestOf } from './asked.ts'
import { bodyOf, responseFrom } from './body.ts'
import { cassette, loadCassette } from './cassette.ts'
import { matchOf, type Matching } from './match.ts'
import { missing, nameOf } from './missing.ts'
import type { Recording } from './recording.ts'
import { MAX_WAIT_MS, wait } from './wait.ts'

export interface ReplayOptions {
  /** `strict` unless told. */
  match?: Matching
  /** `recorded`: heads and chunks come when they came then. `instant`, unless told: as fast as they are read. */
  pace?: 'recorded' | 'instant'
}

const KNOWN = {
  match: [(value: unknown) => value === 'strict' || value === 'loose', "'strict' or 'loose'"],
  pace: [
    (value: unknown) => value === 'recorded' || value === 'instant',
    "'recorded' or 'instant'",
  ],
} as const

/**
 * Returns a `fetch` that answers from recordings: the same status, headers, chunks and failures.
 *
 * Each recording is used once, in order; requests that repeat get one after the other. An abort ends the
 * replay as it ends a request.
 *
 * @param source The file that `record` wrote, the cassette, or what its JSON says (an import, say).
 * @returns A function to use wherever a `fetch` is accepted. Without a recording it rejects with a
 * {@link TraceError} `no_recording` that shows the nearest one and what differs.
 * @throws {TraceError} `no_cassette`, if there is no file, or no cassette in it.
 *
 * @example
 * ```ts
 * import { cassette, replay } from 'carrot-trace/testing'
 *
 * const request = { method: 'GET', url: 'https://api.openai.com/v1/models', headers: {} }
 * const response = { ms: 120, status: 200, headers: {}, chunks: [[121, '{"data":[]}']] }
 * const recordings = [{ request, response, ended: 'complete' }]
 * const fetch = replay({ format: 'carrot-trace/cassette', version: 1, recordings })
 * console.log(await (await fetch('https://api.openai.com/v1/models')).json()) // { data: [] }
 * ```
 */
export function replay(source: string | URL | object, options: ReplayOptions = {}): Fetch {
  check('', options, KNOWN)
  const { match = 'strict', pace = 'instant' } = options
  const isFile = typeof source === 'string' || source instanceof URL
  const { recordings } = isFile ? loadCassette(source) : cassette.from(source)
  const recorded = recordings.map(({ request }) => request)
  const left = new Set(recordings)

  return async function replaying(input, init) {
    const elapsed = stopwatch()
    const real = new Request(input, init) // refuses what `fetch` refuses, and takes the body as it does
    const asked = askedOf(real.url, { ...init, method: real.method, headers: real.headers })
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined)
    signal?.throwIfAborted()
    if (!asked) throw missing(recorded, { method: real.method, url: '', headers: {} })
    const request = await requestOf(init?.body ? asked : { ...asked, body: bodyIn(real) })
    const open = [...left]
    const requests = open.map((each) => each.request)
    const found = open[matchOf(requests, request, match) ?? -1]
    if (!found) throw missing(recorded, request)
    left.delete(found)
    const until: Until = (ms, stop) => wait(pace === 'recorded' ? ms - elapsed() : 0, stop)
    return play(found, real.url, signal, until)
  }
}

/** Nothing is sent, so that a `Request` may be read on every runtime. */
function bodyIn(request: Request): SeenBody {
  if (/^multipart/i.test(request.headers.get('content-type') ?? '')) return { unseen: 'form data' }
  return { later: request.text() }
}

/** Waits until so long after the request. */
type Until = (ms: number, stop: AbortSignal | undefined) => Promise<void>

async function play(
  recording: Recording,
  url: string,
  signal: AbortSignal | undefined,
  until: Until,
): Promise<Response> {
  const { request, response, ended, error } = recording
  if (!response) {
    if (ended === 'failed') throw failure(error)
    await wait(signal ? MAX_WAIT_MS : 0, signal)
    throw new TraceError('no_recording', `${nameOf(request)} has no answer: ${LEFT}`)
  }
  await until(response.ms, signal)
  const { chunks } = response
  if (!chunks) return responseFrom(url, response, null)
  const rest = [...chunks]
  const pieces = {
    async next(stop: AbortSignal) {
      const chunk = rest.shift()
      if (chunk) {
        await until(chunk[0], stop)
        return bytesOf(chunk)
      }
      if (ended === 'failed') throw failure(error)
      if (ended === 'complete' || isLastWord(chunks.at(-1)?.[1])) return undefined
      throw new TraceError('no_recording', `${nameOf(request)} has no more: ${LEFT}`)
    },
  }
  return responseFrom(url, response, bodyOf(pieces, signal))
}

const LEFT = 'who had asked left at this point when it was recorded. Record it again.'

/** Clients of OpenAI leave a stream when this has come, and do not wait for its end. */
function isLastWord(text: string | undefined): boolean {
  return /data: ?\[DONE\]\s*$/.test(text ?? '')
}

function failure({ name, message, cause }: NonNullable<Recording['error']> = ABSENT): Error {
  const options = cause === undefined ? undefined : { cause: new Error(cause) }
  if (name === 'TypeError') return new TypeError(message, options)
  return Object.assign(new Error(message, options), { name })
}

const ABSENT = { name: 'TypeError', message: 'fetch failed' }
