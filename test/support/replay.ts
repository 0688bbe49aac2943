/**
 * Recorded replies through the capture, in any chunks: what the record says of them.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import { createTracer, memory, type ContentLevel, type SpanRecord } from 'carrot-trace'

const folder = new URL('../fixtures/', import.meta.url)

export function fixture(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, folder)))
}

export interface Replay {
  url: string
  request: object
  reply: Uint8Array<ArrayBuffer>
  type: string
  /** Bytes per chunk; all in one unless told. */
  chunk?: number
  /** Where else to cut, as offsets in order. */
  cuts?: readonly number[]
  status?: number
  headers?: Record<string, string>
  /** Headers of the request. */
  sent?: Record<string, string>
  maxBytes?: number
  content?: ContentLevel
}

/** Sends the request through a traced fetch that is answered with the recorded reply. */
export async function replay(recorded: Replay): Promise<{ record: SpanRecord; seen: Uint8Array }> {
  const {
    url,
    request,
    reply,
    type,
    chunk = reply.length,
    cuts = [],
    status = 200,
    headers,
    sent = {},
    maxBytes,
    content,
  } = recorded
  const exporter = memory()
  const tracer = createTracer({
    exporters: [exporter],
    capture: { maxBytes, content },
    fetch: async () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const ends = cuts.length > 0 ? [...cuts, reply.length] : endsOf(reply.length, chunk)
          let at = 0
          for (const end of ends) {
            if (end > at) controller.enqueue(reply.slice(at, end))
            at = end
          }
          controller.close()
        },
      })
      return new Response(body, { status, headers: { 'content-type': type, ...headers } })
    },
  })
  const response = await tracer.fetch(url, {
    method: 'POST',
    headers: sent,
    body: JSON.stringify(request),
  })
  const seen = await response.bytes()
  const [record] = exporter.records
  if (!record) throw new Error('Nothing was recorded.')
  return { record, seen }
}

function endsOf(length: number, chunk: number): number[] {
  return Array.from({ length: Math.ceil(length / chunk) || 1 }, (_, at) =>
    Math.min(length, (at + 1) * chunk),
  )
}
