/**
 * A collector that keeps what it is sent, for tests of what arrives.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, type Listening } from '../../examples/model-apis/listen.ts'
import type { IngestRecord } from '../../src/lib/ingest.ts'

export interface Collected {
  /** Each request's records, in order of arrival. */
  readonly requests: IngestRecord[][]
  /** Resolves when the requests so far satisfy the condition. */
  until(condition: (requests: IngestRecord[][]) => boolean): Promise<void>
}

export type CollectorStub = Listening & Collected

/** The stub without a server of its own. */
export interface Collecting extends Collected {
  /** Takes one request's records and says so. */
  take(incoming: IncomingMessage, outgoing: ServerResponse): void
}

/**
 * @param hangs Keeps what it is sent, and never answers.
 * @param answersAfter Answers nobody before it has had so many requests.
 */
export function collecting({ hangs = false, answersAfter = 1 } = {}): Collecting {
  const requests: IngestRecord[][] = []
  const waiting = new Set<() => void>()
  const answers: (() => void)[] = []
  return {
    requests,
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(requests)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    take(incoming, outgoing) {
      const body: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => body.push(chunk))
      incoming.on('end', () => {
        const { traces } = JSON.parse(Buffer.concat(body).toString()) as { traces: IngestRecord[] }
        requests.push(traces)
        answers.push(() => {
          outgoing.writeHead(202, { 'content-type': 'application/json' })
          outgoing.end(JSON.stringify({ traces: traces.map(({ id }) => ({ id })), errors: [] }))
        })
        if (!hangs && requests.length >= answersAfter)
          for (const answer of answers.splice(0)) answer()
        for (const check of waiting) check()
      })
    },
  }
}

export async function collectorStub(options: { hangs?: boolean } = {}): Promise<CollectorStub> {
  const { take, ...collected } = collecting(options)
  return { ...(await listen(createServer(take))), ...collected }
}
