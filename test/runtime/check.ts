/**
 * A check: what a program does with the package, what it has to see of it, and what the collector has
 * to have got afterwards. Runs on any runtime; what it sees is plain data.
 *
 * @module
 */

import { createTracer, init, type Receipt, type Tracer, type TracerOptions } from 'carrot-trace'

/** Where a program runs, and what there is. */
export interface Place {
  kind: 'process' | 'worker' | 'page'
  /** Of the models, and of a collector for each check. */
  url: string
  /** Whether context follows the program across `await`. */
  ambient: boolean
  /** Whether a `Request` can be looked into without changing how it is sent. */
  looksIntoRequests: boolean
}

export interface Check {
  name: string
  /** Where it makes sense; everywhere unless told. */
  applies?(place: Place): boolean
  run(place: Place, recording: Recording): Promise<unknown>
  /** What `run` gives. */
  seen(place: Place): unknown
  /** The path of each record, in the order of the alphabet. */
  delivered(place: Place): string[]
  /** How many of them the receipts of `flush` count; all unless told. */
  counted?: number
  /** Codes of what `onError` is told. */
  told?(place: Place): string[]
}

export interface Recording {
  /** A tracer that sends to the collector of this check. */
  tracer(options?: TracerOptions): Tracer
  /** Sets up the package's own functions to do so. */
  init(): Tracer
}

/** What became of a check. */
export interface Outcome {
  seen: unknown
  told: string[]
  /** The receipts of `flush`, added up. */
  receipt: Receipt
}

export function collectorOf({ name }: Check): string {
  return name.replaceAll(/\W+/g, '-')
}

export async function perform(check: Check, place: Place): Promise<Outcome> {
  const told: string[] = []
  const tracers: Tracer[] = []
  const shared = {
    apiKey: 'sk-test',
    baseUrl: `${place.url}/collector/${collectorOf(check)}`,
    onError: ({ code }: { code: string }) => void told.push(code),
  }
  const known = (tracer: Tracer) => {
    tracers.push(tracer)
    return tracer
  }
  const recording: Recording = {
    tracer: (options) => known(createTracer({ ...shared, ...options })),
    init: () => known(init(shared)),
  }
  const seen = await check.run(place, recording)
  const receipt = { accepted: 0, rejected: 0, dropped: 0, pending: 0 }
  for (const tracer of tracers) await settle(tracer, place, receipt)
  return { seen, told, receipt }
}

/** Of what an invocation has sent by itself, flush tells; it is on its way for some turns yet. */
const MAX_TURNS = 500

async function settle(tracer: Tracer, { url }: Place, sum: Receipt): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const { accepted, rejected, dropped, pending } = await tracer.flush()
    sum.accepted += accepted
    sum.rejected += rejected
    sum.dropped += dropped
    sum.pending = pending
    if (pending === 0) return
    await fetch(`${url}/turn`)
  }
}
