/** Exchanges to make cassettes of, without a network. */

import { cassette, record, type Cassette, type Recording } from 'carrot-trace/testing'

export const CHAT = 'https://api.openai.com/v1/chat/completions'

export function post(body: unknown, signal?: AbortSignal): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-secret-0123456789' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  }
}

export function ask(content: string, more: object = {}): object {
  return { model: 'gpt-4o', messages: [{ role: 'user', content }], ...more }
}

/** Answers with these chunks, one a read. */
export function answering(
  chunks: readonly (string | Uint8Array<ArrayBuffer>)[],
  init: ResponseInit = {},
) {
  return async (): Promise<Response> => {
    const encoder = new TextEncoder()
    const left = [...chunks]
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = left.shift()
          if (chunk === undefined) return controller.close()
          controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream' }, ...init })
  }
}

/** A cassette with each of these questions, answered by `answer 1`, `answer 2`, … */
export async function taped(...requests: object[]): Promise<Cassette> {
  const tape = cassette()
  for (const [index, request] of requests.entries()) {
    const fetch = record(answering([`answer ${index + 1}`]), tape)
    await (await fetch(CHAT, post(request))).text()
  }
  return tape
}

/** A cassette of one exchange that went like this. */
export function tapeOf(recording: Partial<Recording>): object {
  const request = {
    method: 'POST',
    url: CHAT,
    headers: {},
    body: { json: JSON.parse(JSON.stringify(ask('A refund?'))) },
  }
  return {
    format: 'carrot-trace/cassette',
    version: 1,
    recordings: [{ request, ended: 'complete', ...recording }],
  }
}

/** What was thrown, in words. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
    return 'nothing was thrown'
  } catch (error) {
    return error
  }
}
