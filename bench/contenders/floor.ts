/**
 * The floor: the cheapest wrapper of `fetch` that still records.
 *
 * It keeps the request and the reply's text as they came, joined into batches of JSON without
 * being parsed; tokens and usage are in there for a collector to find. It passes bodies through at
 * the consumer's pace and has no other virtue: no retries, no limits on what is on its way, no
 * context, no redaction, `url` and `type` of the response lost. Who records cannot cost less than
 * this by much; what a tracer costs beyond it is the price of what it does beyond it.
 *
 * @module
 */

import OpenAI from 'openai'
import type { Application, Environment } from './contender.ts'

const BATCH = 100
/** As much of a reply as a tracer keeps by default. */
const MAX_CHARS = 1_048_576

export function setup({ modelUrl, collectorUrl }: Environment): Application {
  const recorder = createRecorder(`${collectorUrl}/v1/traces/ingest`)
  const fetch = recording(recorder.add)
  return {
    client: new OpenAI({
      apiKey: 'sk-bench',
      baseURL: modelUrl,
      fetch: fetch as typeof globalThis.fetch,
    }),
    fetch,
    flush: recorder.flush,
  }
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>

function recording(add: (record: string) => void): Fetch {
  return async (input, init) => {
    const start = Date.now()
    const response = await globalThis.fetch(input, init)
    if (!response.body) return response
    const { status, headers } = response
    const reader = response.body.getReader()
    const decoder = new TextDecoder()
    let reply = ''
    const passed = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await reader.read()
          if (done) {
            record()
            return controller.close()
          }
          if (reply.length < MAX_CHARS) reply += decoder.decode(value, { stream: true })
          controller.enqueue(value)
        },
        cancel(reason) {
          record()
          return reader.cancel(reason)
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(passed, { status, headers })

    function record(): void {
      const json =
        headers.get('content-type') === 'application/json' ? reply : JSON.stringify(reply)
      add(
        `{"start":${start},"ms":${Date.now() - start},"status":${status},"request":${String(init.body)},"reply":${json}}`,
      )
    }
  }
}

function createRecorder(url: string): { add(record: string): void; flush(): Promise<void> } {
  const sending = new Set<Promise<void>>()
  let waiting: string[] = []
  return { add, flush }

  function add(record: string): void {
    waiting.push(record)
    if (waiting.length >= BATCH) send()
  }

  function send(): void {
    const body = `{"traces":[${waiting.join(',')}]}`
    waiting = []
    const sent = post(body).finally(() => sending.delete(sent))
    sending.add(sent)
  }

  async function post(body: string): Promise<void> {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-bench' }
    const response = await globalThis
      .fetch(url, { method: 'POST', headers, body })
      .catch(() => undefined)
    await response?.text()
  }

  async function flush(): Promise<void> {
    if (waiting.length > 0) send()
    await Promise.all(sending)
  }
}
