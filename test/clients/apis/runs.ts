/**
 * What the server saw of each run: the requests as they came, and how each connection ended.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from 'node:http'

export interface SeenRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string
  /**
   * `left`: the client went before its answer was complete. Clients that try again let go of the
   * refusal unread, at the very time at which it comes: nothing more is said of those.
   */
  end: 'open' | 'answered' | 'left' | 'refused'
}

export interface Run {
  requests: SeenRequest[]
  /** Settles with the first request. */
  arrived: Promise<void>
  /** How each of its answers ended. */
  ends: Promise<void>[]
  add(request: SeenRequest, response: ServerResponse): void
}

/** A client that never lets go of a connection is waited for no longer. */
const PATIENCE_MS = 1_000

const runs = new Map<string, Run>()

export function runOf(id: string): Run {
  const found = runs.get(id)
  if (found) return found
  let first = () => {}
  const run: Run = {
    requests: [],
    arrived: new Promise((resolve) => (first = resolve)),
    ends: [],
    add(request, response) {
      run.requests.push(request)
      run.ends.push(
        new Promise((ended) => {
          response.on('close', () => {
            if (request.end === 'open') request.end = endOf(response)
            ended()
          })
        }),
      )
      first()
    },
  }
  runs.set(id, run)
  return run
}

function endOf({ writableFinished }: ServerResponse): SeenRequest['end'] {
  return writableFinished ? 'answered' : 'left'
}

/** The run's requests, when all of its connections have ended. */
export async function settled(run: Run): Promise<SeenRequest[]> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))
  await Promise.race([Promise.all(run.ends), enough])
  clearTimeout(timer)
  return run.requests
}

/** Headers that say which connection it is, and not what was sent. */
const OF_THE_CONNECTION = new Set(['host'])

export function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const told = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name))
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]))
}
