/**
 * How a host tells open pages of what is new: which traces changed, and never what is in them.
 *
 * A page that hears of a change asks for what it shows as it did before, by the same door.
 *
 * @module
 */

export interface Live {
  /** How a browser listens: by a `WebSocket`, or by an `EventSource`. */
  transport: 'socket' | 'events'
  /** For who may read the project. */
  open: (project: string, request: Request) => Response | Promise<Response>
}

/** A message, as JSON. */
export interface News {
  traces: string[]
  /** Also traces that are not named: there are too many, or records did not say which. */
  others: boolean
}

/** A message is no longer than what this many names take. */
export const MAX_NAMED = 100

/** Changes that follow each other more quickly are told together. */
export const NEWS_EVERY_MS = 400

/** Who begins to listen is told of what changed so shortly before, while the page was on its way. */
export const RECENT_MS = 10_000

/** Of one project at a time. A page that finds no place asks every few seconds instead. */
export const MAX_LISTENERS = 200

/** So long one listens at most; then one comes in by the door again. */
export const LISTEN_MS = 15 * 60_000

/** There is no place left. The page asks every few seconds instead, or comes again. */
export function noPlace(): Response {
  const detail = `${MAX_LISTENERS} pages listen to this project already`
  return Response.json(
    { title: 'Service unavailable', status: 503, detail },
    { status: 503, headers: { 'content-type': 'application/problem+json', 'retry-after': '60' } },
  )
}
