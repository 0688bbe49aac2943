/**
 * What a server of any runtime is told, and what it gives.
 *
 * @module
 */

/** What is known of a request beside itself. */
export interface Connection {
  /** Of the other end. */
  address: string | undefined
}

export interface ListenOptions {
  fetch: (request: Request, connection: Connection) => Response | Promise<Response>
  host: string
  /** 0: any that is free. */
  port: number
  /** How long requests may take to end once it is to stop. */
  drainMs?: number
}

export interface Listening {
  port: number
  stop(): Promise<void>
}

export const DRAIN_MS = 10_000

/** More than the largest body with records: the application tells who sends too much. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024

/** In which nothing at all may be sent either way. */
export const IDLE_SECONDS = 120
