/**
 * A collector that keeps what it is sent, for tests of what arrives.
 *
 * @module
 */

import { createServer } from 'node:http'
import { listen, type Listening } from '../../examples/model-apis/listen.ts'
import type { IngestRecord } from '../../src/lib/ingest.ts'

export interface CollectorStub extends Listening {
  /** Each request's records, in order of arrival. */
  readonly requests: IngestRecord[][]
  /** Resolves when the requests so far satisfy the condition. */
  until(condition: (requests: IngestRecord[][]) => boolean): Promise<void>
}

/** @param hangs Keeps what it is sent, and never answers. */
export async function collectorStub({ hangs = false } = {}): Promise<CollectorStub> {
  const requests: IngestRecord[][] = []
  const waiting = new Set<() => void>()
  const server = createServer((incoming, outgoing) => {
    const body: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => body.push(chunk))
    incoming.on('end', () => {
      const { traces } = JSON.parse(Buffer.concat(body).toString()) as { traces: IngestRecord[] }
      requests.push(traces)
      if (!hangs) {
        outgoing.writeHead(202, { 'content-type': 'application/json' })
        outgoing.end(JSON.stringify({ traces: traces.map(({ id }) => ({ id })), errors: [] }))
      }
      for (const check of waiting) check()
    })
  })
  const listening = await listen(server)
  return {
    ...listening,
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
  }
}
