/**
 * Does a use natively and traced, each against a server that has not been talked to before.
 *
 * Compared is all that can be told apart from outside: what the application saw, what the server was
 * sent (address, headers, body), and how the server saw each connection end. A rejection that nobody
 * handles fails the whole run, by Vitest.
 *
 * @module
 */

import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import type { SeenRequest } from './apis/runs.ts'
import { described, plain } from './plain.ts'
import type { Link, Use } from './use.ts'

export interface Observation {
  seen: unknown
  sent: SeenRequest[]
}

/** How recording is put in: by the client's `fetch` option, or by `tracer.wrap`. */
export type By = 'fetch' | 'wrap'

export interface Traced extends Observation {
  /** The format of each record, sorted. */
  recorded: string[]
  /** Likewise, of those that know how many tokens were used. */
  tokens: string[]
}

/** What a use did not expect is no observation: done natively it says that the use is wrong. */
export const UNEXPECTED = 'unexpected'

let runs = 0

export function observeNative(use: Use, origin: string): Promise<Observation> {
  return observe(use, origin, { fetch: globalThis.fetch, wrap: (client) => client })
}

export async function observeTraced(use: Use, origin: string, by: By): Promise<Traced> {
  const exporter = memory()
  const tracer = createTracer({ exporters: [exporter], context: 'off' })
  const observation = await observe(use, origin, {
    fetch: by === 'fetch' ? tracer.fetch : globalThis.fetch,
    wrap: by === 'wrap' ? tracer.wrap : (client) => client,
  })
  await tracer.flush()
  const { records } = exporter
  return { ...observation, recorded: formatsOf(records), tokens: formatsOf(records.filter(counts)) }
}

async function observe(
  use: Use,
  origin: string,
  means: Pick<Link, 'fetch' | 'wrap'>,
): Promise<Observation> {
  runs += 1
  const base = `${origin}/run-${runs}`
  const ask = async (what: string) => (await globalThis.fetch(`${base}/${what}`)).json()
  const link: Link = {
    ...means,
    api: (name, way = 'well') => `${base}/${way}/${name}`,
    arrived: () => ask('arrived'),
  }
  const t0=performance.now()
  const seen = await use.run(link).catch((error: unknown) => ({ [UNEXPECTED]: described(error) }))
  const t1=performance.now();const r= plain({ seen, sent: await ask('seen') }, base);console.log(use.name,(t1-t0)|0,(performance.now()-t1)|0);return r
}

function formatsOf(records: readonly SpanRecord[]): string[] {
  return records.map(({ call }) => call?.format ?? 'no call').toSorted()
}

function counts({ call }: SpanRecord): boolean {
  return call !== undefined && call.usage.source !== 'absent'
}
