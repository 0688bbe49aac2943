/** A record of a call as the capture makes it: what was asked, and what came back. */

import { createTracer, memory, type SpanRecord, type TracerOptions } from 'carrot-trace'

const encoder = new TextEncoder()

export const URLS = {
  chat: 'https://api.openai.com/v1/chat/completions',
  responses: 'https://api.openai.com/v1/responses',
  messages: 'https://api.anthropic.com/v1/messages',
  gemini: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:generateContent',
  embeddings: 'https://api.openai.com/v1/embeddings',
} as const

/** @param reply A string is sent as a stream of events; the connection is lost after `cutAfter` bytes. */
export async function traced(
  url: string,
  request: object | ReadableStream,
  reply: object | string,
  {
    status = 200,
    cutAfter,
    ...options
  }: TracerOptions & { status?: number; cutAfter?: number } = {},
): Promise<SpanRecord> {
  const exporter = memory()
  const isStream = typeof reply === 'string'
  const text = isStream ? reply : JSON.stringify(reply)
  const headers = { 'content-type': isStream ? 'text/event-stream' : 'application/json' }
  const fetch = async () => {
    const bytes = encoder.encode(text).slice(0, cutAfter)
    return new Response(bytes, { status, headers })
  }
  const tracer = createTracer({ exporters: [exporter], fetch, ...options })
  const body = request instanceof ReadableStream ? request : JSON.stringify(request)
  const init = { method: 'POST', body, duplex: 'half' }
  await (await tracer.fetch(url, init)).text()
  const [record] = exporter.records
  if (!record) throw new Error('Nothing was recorded.')
  return record
}

export function chatReply(message: object, finish_reason = 'stop'): object {
  return {
    model: 'gpt-4o',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }
}
