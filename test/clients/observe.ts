/**
 * Does every use natively and traced, and tells what was kept and what was recorded.
 *
 * A rejection that nobody handles fails the whole run, by Vitest.
 *
 * @module
 */

import { isDeepStrictEqual } from 'node:util'
import { createTracer, init, patchFetch, type Exporter, type SpanRecord } from 'carrot-trace'
import { runAll, type Means, type Observation } from './run.ts'
import type { By, Client, Use } from './use.ts'

export interface Traced {
  by: By
  observed: Observation
  /** Whether it is what was observed natively. */
  preserved: boolean
  /** The format of each record, sorted. */
  recorded: string[]
  /** Likewise, of those that know how many tokens were used. */
  tokens: string[]
}

export interface Result {
  client: Client
  use: Use
  native: Observation
  traced: Traced[]
}

const UNTRACED: Means = { fetch: undefined, wrap: (client) => client }

export async function observeAll(clients: readonly Client[], origin: string): Promise<Result[]> {
  const native = await runAll(clients, origin, UNTRACED)
  const observedOf = (use: Use) => native.find((run) => run.use === use)?.observed
  const traced = [
    ...(await recordAll(clients, origin, 'fetch option', observedOf)),
    ...(await recordAll(clients, origin, 'wrap', observedOf)),
    ...(await recordAll(clients, origin, 'patchFetch', observedOf)),
  ]
  return native.flatMap(({ use, observed }) => {
    const client = clients.find(({ uses }) => uses.includes(use))
    const seen = traced.filter((run) => run.use === use).map((run) => run.traced)
    return client ? [{ client, use, native: observed, traced: seen }] : []
  })
}

/** One tracer records all that is done in this way, as in an application. */
async function recordAll(
  clients: readonly Client[],
  origin: string,
  by: By,
  nativelyOf: (use: Use) => Observation | undefined,
): Promise<{ use: Use; traced: Traced }[]> {
  const records = new Map<string, SpanRecord>()
  const options = { exporters: [keepingIn(records)], context: 'off' as const }
  const tracer = by === 'patchFetch' ? init(options) : createTracer(options)
  const patched = by === 'patchFetch' ? patchFetch() : undefined
  const runs = await runAll(
    clients.filter(({ ways }) => ways.includes(by)),
    origin,
    {
      fetch: by === 'fetch option' ? tracer.fetch : undefined,
      wrap: by === 'wrap' ? tracer.wrap : UNTRACED.wrap,
    },
  )
  patched?.restore()
  await tracer.flush() // calls that clients leave open are told as they stand
  return runs.map(({ use, base, observed }) => {
    const native = nativelyOf(use)
    const preserved = native !== undefined && isDeepStrictEqual(asHeld(observed, native), native)
    return { use, traced: { by, observed, preserved, ...formatsOf([...records.values()], base) } }
  })
}

/** Sent in batches as to a collector, and like there the last word on a record counts. */
function keepingIn(records: Map<string, SpanRecord>): Exporter {
  return {
    export(batch) {
      for (const record of batch) records.set(record.id, record)
      return { rejected: [] }
    },
  }
}

function formatsOf(records: readonly SpanRecord[], base: string) {
  const calls = records.flatMap(({ call }) => (call?.http.url.startsWith(`${base}/`) ? [call] : []))
  const knowing = calls.filter(({ usage }) => usage.source !== 'absent')
  const formats = (of: typeof calls) => of.map(({ format }) => format).toSorted()
  return { recorded: formats(calls), tokens: formats(knowing) }
}

/**
 * A body that a client leaves half read, without cancelling it, keeps its connection for ever. Traced,
 * it is let go once it has been collected, which an application cannot tell.
 */
export function asHeld(observed: Observation, native: Observation): Observation {
  const sent = observed.sent.map((request, at) =>
    native.sent[at]?.end === 'open' && request.end === 'left'
      ? Object.assign({}, request, { end: 'open' })
      : request,
  )
  return { seen: observed.seen, sent }
}
