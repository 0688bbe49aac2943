/**
 * A `fetch` that fails as it is told to.
 *
 * @module
 */

import { isWatchable } from '../capture/rewrap.ts'
import { addressed } from '../capture/request.ts'
import type { Fetch } from '../tracer/options.ts'
import { refusal } from './fault-answer.ts'
import { dropped, faultyBody } from './fault-body.ts'
import { checkFault, type Fault } from './fault-options.ts'

/**
 * Returns a `fetch` that fails as told, and is `fetch` itself when it does not fail.
 *
 * Each wait is at most a minute, and over when the request is aborted or the reader leaves.
 *
 * @param fault What fails; several of these functions around one another are several faults.
 * @param fetch What answers when nothing fails, or until it does; the global `fetch` unless told.
 * @throws {TraceError} `invalid_option`, for a fault that is misspelt or impossible.
 *
 * @example
 * ```ts
 * import { fault } from 'carrot-trace/testing'
 *
 * const answer = async () => Response.json({ object: 'list' })
 * const fetch = fault({ status: 429, retryAfterMs: 10, times: 2 }, answer)
 * const models = 'https://api.openai.com/v1/models'
 * const statuses = [await fetch(models), await fetch(models), await fetch(models)]
 * console.log(statuses.map(({ status }) => status)) // [429, 429, 200]
 * ```
 */
export function fault(
  fault: Fault,
  fetch: Fetch = (input, init) => globalThis.fetch(input, init),
): Fetch {
  checkFault(fault)
  const { status, network, times = 1, when = () => true } = fault
  let before = 0
  let left = times

  return async function failing(input, init) {
    const { method, url } = addressed(input, init) ?? {}
    if (!method || !url) return fetch(input, init) // which will refuse it
    const isNext = left > 0 && when({ method, url, before })
    before += 1
    if (!isNext) return fetch(input, init)
    left -= 1
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined)
    signal?.throwIfAborted()
    if (network) throw dropped('fetch failed')
    if (status !== undefined) return refusal(url, status, fault.retryAfterMs)
    const response = await fetch(input, init)
    return isWatchable(response) ? faultyBody(response, fault, signal) : response
  }
}
