/**
 * Making calls, and telling what they cost.
 *
 * @module
 */

import { text } from '../servers/words.ts'
import type { Measures, Stage } from './scenario.ts'

export const MODEL = 'gpt-4o'
const SYSTEM = text(11, 300)

export function messages(prompt: string): { role: 'system' | 'user'; content: string }[] {
  return [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: prompt },
  ]
}

/** One whole reply of this many bytes. */
export async function call({ client, prompt }: Stage, bytes: number): Promise<void> {
  const user = `whole/${bytes}`
  await client.chat.completions.create({ model: MODEL, messages: messages(prompt()), user })
}

/**
 * One streamed reply of so many chunks, read to its end. Gives the milliseconds to the first.
 *
 * @throws Where not all of them come through: what is not passed on costs nothing.
 */
export async function stream({ client, prompt }: Stage, count: number): Promise<number> {
  const start = performance.now()
  let first = 0
  let came = 0
  const chunks = await client.chat.completions.create({
    model: MODEL,
    messages: messages(prompt()),
    user: `stream/${count}/0`,
    stream: true,
    stream_options: { include_usage: true },
  })
  for await (const _ of chunks) {
    first ||= performance.now() - start
    came += 1
  }
  if (came < count) throw new Error(`${came} of ${count} chunks came through.`)
  return first
}

/** Does it this many times, so many at once. */
export async function repeat(
  times: number,
  atOnce: number,
  work: () => Promise<unknown>,
): Promise<void> {
  let left = times
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

interface Load {
  times: number
  atOnce?: number
  /** Units of what is paid for in each piece of work, such as the chunks of a stream. */
  units?: number
  /** Done before the clock starts, so that compilers have had their turn. */
  warmUp: number
}

/** CPU of the whole process, all its threads, per unit of work; what is sent at the end included. */
export async function costOf(
  { times, atOnce = 1, units = 1, warmUp }: Load,
  stage: Stage,
  work: () => Promise<unknown>,
): Promise<Measures> {
  await repeat(warmUp, atOnce, work)
  await stage.flush()
  globalThis.gc?.()
  const latencies: number[] = []
  const cpu = process.cpuUsage()
  await repeat(times, atOnce, async () => {
    const start = performance.now()
    await work()
    latencies.push(performance.now() - start)
  })
  await stage.flush()
  const { user, system } = process.cpuUsage(cpu)
  return { cpuUs: (user + system) / times / units, p50Ms: quantile(latencies, 0.5) }
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((one, two) => one - two)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN
}
