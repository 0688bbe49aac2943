/**
 * Streams read as an application reads them that uses `fetch` and no client.
 *
 * @module
 */

import { messages, MODEL } from './calls.ts'
import type { Measures, Stage } from './scenario.ts'

export async function open(
  { fetch, modelUrl, prompt }: Stage,
  reply: string,
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  if (!fetch) throw new Error('Only those that trace at fetch can be asked this.')
  const response = await fetch(`${modelUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: MODEL,
      stream: true,
      user: reply,
      messages: messages(prompt()),
    }),
  })
  if (!response.body) throw new Error(`The stand-in answered ${response.status} without a body.`)
  return response.body.getReader()
}

/** Reads it to its end. Gives its bytes. */
export async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytes
    bytes += value.byteLength
  }
}

const MB = 1_000_000
const SAMPLE_MS = 10

/** CPU and memory while the work is done: peaks of what is sampled each 10 ms. */
export async function memoryOf(stage: Stage, work: () => Promise<unknown>): Promise<Measures> {
  await drain(await open(stage, 'stream/500/0')) // so that code is compiled, and buffers are there
  await stage.flush()
  const before = await heapMb()
  const start = process.memoryUsage().heapUsed
  let heap = start
  const timer = setInterval(sample, SAMPLE_MS)
  const cpu = process.cpuUsage()
  await work()
  sample()
  await stage.flush()
  const { user, system } = process.cpuUsage(cpu)
  clearInterval(timer)
  return {
    cpuMs: (user + system) / 1_000,
    peakRssMb: process.resourceUsage().maxRSS / 1_000,
    peakHeapMb: (heap - start) / MB,
    heldMb: (await heapMb()) - before,
  }

  function sample(): void {
    heap = Math.max(heap, process.memoryUsage().heapUsed)
  }
}

/**
 * What is held, buffers outside of the engine's own heap included, with everything collected that
 * can be: what one collection frees, another finds.
 */
export async function heapMb(): Promise<number> {
  for (let times = 0; times < 4; times += 1) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / MB
}
