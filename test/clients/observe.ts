/**
 * Does a use natively and traced, each against a server that has not been talked to before.
 *
 * Compared is all that can be told apart from outside: what the application saw, what the server was
 * sent (address, headers, body), and how the server saw each connection end. A rejection that nobody
 * handles fails the whole run, by Vitest.
 *
 * @module
 */

import { createTracer, init, memory, patchFetch, type SpanRecord, type Tracer } from 'carrot-trace'
import type { SeenRequest } from './apis/runs.ts'
import { settled } from './settled.ts'
import { described, plain } from './plain.ts'
import type { By, Link, Use } from './use.ts'

export interface Observation {
  seen: unknown
  sent: SeenRequest[]
}

export interface Traced {
  by: By
  observed: Observation
  /** The format of each record, sorted. */
  recorded: string[]
  /** Likewise, of those that know how many tokens were used. */
  tokens: string[]
}

/** What a use did not expect is no observation: done natively it says that the use is wrong. */
export const UNEXPECTED = 'unexpected'

const UNTRACED: Pick<Link, 'fetch' | 'wrap'> = { fetch: undefined, wrap: (client) => client }
const { fetch } = globalThis
let runs = 0

export function observeNative(use: Use, origin: string): Promise<Observation> {
  return observe(use, origin, UNTRACED)
}

export async function observeTraced(use: Use, origin: string, by: By): Promise<Traced> {
  const exporter = memory()
  const options = { exporters: [exporter], context: 'off' as const }
  const observed = await BY[by](options, (means) => observe(use, origin, means))
  const { records } = exporter
  return {
    by,
    observed,
    recorded: formatsOf(records),
    tokens: formatsOf(records.filter(knowsTokens)),
  }
}

type Options = Parameters<typeof createTracer>[0]
type Observe = (means: Pick<Link, 'fetch' | 'wrap'>) => Promise<Observation>

const BY: Record<By, (options: Options, observe: Observe) => Promise<Observation>> = {
  'fetch option': (options, observe) =>
    flushed(createTracer(options), ({ fetch }) => observe({ ...UNTRACED, fetch })),
  wrap: (options, observe) =>
    flushed(createTracer(options), ({ wrap }) => observe({ ...UNTRACED, wrap })),
  patchFetch: (options, observe) =>
    flushed(init(options), async () => {
      using _patch = patchFetch()
      return await observe(UNTRACED)
    }),
}

async function flushed(
  tracer: Tracer,
  observe: (tracer: Tracer) => Promise<Observation>,
): Promise<Observation> {
  const observed = await observe(tracer)
  await tracer.flush()
  return observed
}

async function observe(
  use: Use,
  origin: string,
  means: Pick<Link, 'fetch' | 'wrap'>,
): Promise<Observation> {
  runs += 1
  const base = `${origin}/run-${runs}`
  const ask = async (what: string) => (await fetch(`${base}/${what}`)).json()
  const link: Link = {
    ...means,
    api: (name, way = 'well') => `${base}/${way}/${name}`,
    arrived: () => ask('arrived'),
  }
  const seen = await use.run(link).catch((error: unknown) => ({ [UNEXPECTED]: described(error) }))
  return plain({ seen, sent: await settled(() => ask('seen')) }, base)
}

function formatsOf(records: readonly SpanRecord[]): string[] {
  return records.map(({ call }) => call?.format ?? 'no call').toSorted()
}

function knowsTokens({ call }: SpanRecord): boolean {
  return call !== undefined && call.usage.source !== 'absent'
}
