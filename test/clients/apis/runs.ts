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
  add(request: SeenRequest, response: ServerResponse): void
}

const runs = new Map<string, Run>()

export function runOf(id: string): Run {
  const found = runs.get(id)
  if (found) return found
  let first = () => {}
  const run: Run = {
    requests: [],
    arrived: new Promise((resolve) => (first = resolve)),
    add(request, response) {
      run.requests.push(request)
      response.on('close', () => {
        if (request.end === 'open') request.end = endOf(response)
      })
      first()
    },
  }
  runs.set(id, run)
  return run
}

function endOf({ writableFinished }: ServerResponse): SeenRequest['end'] {
  return writableFinished ? 'answered' : 'left'
}

/** Headers that say which connection it is, and not what was sent. */
const OF_THE_CONNECTION = new Set(['host'])

export function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const told = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name))
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]))
}
