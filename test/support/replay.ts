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
          for (let at = 0; at < reply.length; at += chunk)
            controller.enqueue(reply.slice(at, at + chunk))
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
