/**
 * How long an application waits for the first chunk of a stream.
 *
 * @module
 */

import { messages, MODEL, quantile, repeat, stream } from './calls.ts'
import { open } from './raw.ts'
import type { Measures, Scenario, Stage } from './scenario.ts'

const STREAMS = 300
const COMPANY = 1_000

export const firstChunk: Scenario = {
  name: 'first-chunk',
  title: 'Time to the first chunk',
  about: `${STREAMS} streams, one after the other.`,
  columns: [
    { measure: 'clientMs', title: 'through the client', unit: 'ms', digits: 3, compared: true },
    { measure: 'fetchMs', title: 'through fetch', unit: 'ms', digits: 3, compared: true },
  ],
  chart: { measure: 'clientMs', says: 'median time' },
  inside: timeToFirst,
}

export const firstChunkInCompany: Scenario = {
  name: 'first-chunk-busy',
  title: 'Time to the first chunk, among 1,000 streams',
  about: `The same, while ${COMPANY.toLocaleString('en')} other streams bring a chunk each 200 ms. Most of it is waiting for the processor.`,
  columns: [
    { measure: 'clientMs', title: 'through the client', unit: 'ms', digits: 2, compared: true },
  ],
  maxRounds: 2,
  async inside(stage) {
    let stop = (): void => {}
    const stopped = new Promise<void>((resolve) => (stop = resolve))
    const company = Array.from({ length: COMPANY }, () => keepReading(stage, stopped))
    await Promise.all(company.map(({ begun }) => begun))
    const clientMs = await median(() => stream(stage, 20))
    stop()
    await Promise.all(company.map(({ ended }) => ended))
    await stage.flush()
    return { clientMs }
  },
}

async function timeToFirst(stage: Stage): Promise<Measures> {
  const clientMs = await median(() => stream(stage, 20))
  const fetchMs = stage.fetch ? await median(() => firstByFetch(stage)) : Number.NaN
  await stage.flush()
  return { clientMs, fetchMs }
}

async function median(timed: () => Promise<number>): Promise<number> {
  await repeat(100, 1, timed)
  const times: number[] = []
  await repeat(STREAMS, 1, async () => times.push(await timed()))
  return quantile(times, 0.5)
}

async function firstByFetch(stage: Stage): Promise<number> {
  const start = performance.now()
  const reader = await open(stage, 'stream/20/0')
  await reader.read()
  const first = performance.now() - start
  while (!(await reader.read()).done);
  return first
}

function keepReading(
  stage: Stage,
  stopped: Promise<void>,
): { begun: Promise<void>; ended: Promise<void> } {
  let beginning = (): void => {}
  const begun = new Promise<void>((resolve) => (beginning = resolve))
  let open = true
  void stopped.then(() => (open = false))
  return { begun, ended: read() }

  async function read(): Promise<void> {
    const chunks = await stage.client.chat.completions.create({
      model: MODEL,
      messages: messages(stage.prompt()),
      user: 'stream/10000/200',
      stream: true,
    })
    for await (const _ of chunks) {
      beginning()
      if (!open) break
    }
  }
}
