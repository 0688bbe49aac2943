/**
 * Does every use natively and traced, against a server that tells the runs apart.
 *
 * Compared is all that can be told apart from outside: what the application saw, what the server was
 * sent (address, headers, body), and how the server saw each connection end. A rejection that nobody
 * handles fails the whole run, by Vitest.
 *
 * @module
 */

import { isDeepStrictEqual } from 'node:util'
import { createTracer, init, memory, patchFetch } from 'carrot-trace'
import type { SeenRequest } from './apis/runs.ts'
import { collectGarbage } from './garbage.ts'
import { described, plain } from './plain.ts'
import type { By, Client, Link, Use } from './use.ts'

export interface Observation {
  seen: unknown
  sent: SeenRequest[]
}

export interface Traced {
  by: By
  observed: Observation
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

/** What a use did not expect is no observation: done natively it says that the use is wrong. */
export const UNEXPECTED = 'unexpected'

type Means = Pick<Link, 'fetch' | 'wrap'>
type Recorded = Pick<Traced, 'recorded' | 'tokens'>
type Unjudged = Omit<Traced, 'preserved'>

interface Run {
  use: Use
  base: string
  observed: Observation
}

const UNTRACED: Means = { fetch: undefined, wrap: (client) => client }
const { fetch } = globalThis

/** All clients side by side, and the uses of each one after the other. */
export async function observeAll(clients: readonly Client[], origin: string): Promise<Result[]> {
  const native = await runAll(clients, origin, UNTRACED)
  const traced = [
    ...(await recordAll(clients, origin, 'fetch option')),
    ...(await recordAll(clients, origin, 'wrap')),
    ...(await recordAll(clients, origin, 'patchFetch')),
  ]
  return clients.flatMap((client) =>
    client.uses.flatMap((use) =>
      native
        .filter((run) => run.use === use)
        .map(({ observed }) => ({
          client,
          use,
          native: observed,
          traced: traced
            .filter((run) => run.use === use)
            .map((run) =>
              Object.assign(run.traced, { preserved: isPreserved(run.traced, observed) }),
            ),
        })),
    ),
  )
}

function isPreserved({ observed }: Unjudged, native: Observation): boolean {
  return isDeepStrictEqual(asHeld(observed, native), native)
}

/** One tracer records all that is done in this way, as in an application. */
async function recordAll(
  clients: readonly Client[],
  origin: string,
  by: By,
): Promise<{ use: Use; traced: Unjudged }[]> {
  const exporter = memory()
  const options = { exporters: [exporter], context: 'off' as const }
  const tracer = by === 'patchFetch' ? init(options) : createTracer(options)
  const patched = by === 'patchFetch' ? patchFetch() : undefined
  const means = {
    fetch: by === 'fetch option' ? tracer.fetch : undefined,
    wrap: by === 'wrap' ? tracer.wrap : UNTRACED.wrap,
  }
  const some = clients.filter(({ ways }) => ways.includes(by))
  const runs = await runAll(some, origin, means)
  patched?.restore()
  return runs.map(({ use, base, observed }) => ({
    use,
    traced: { by, observed, ...recordedOf(base) },
  }))

  function recordedOf(base: string): Recorded {
    const calls = exporter.records.flatMap(({ call }) =>
      call?.http.url.startsWith(`${base}/`) ? [call] : [],
    )
    const known = calls.filter(({ usage }) => usage.source !== 'absent')
    const formats = (of: typeof calls) => of.map(({ format }) => format).toSorted()
    return { recorded: formats(calls), tokens: formats(known) }
  }
}

async function runAll(clients: readonly Client[], origin: string, means: Means): Promise<Run[]> {
  const done = await Promise.all(
    clients.map(async ({ uses }) => {
      const runs = []
      for (const use of uses) runs.push(await run(use, origin, means))
      return runs
    }),
  )
  await collectGarbage() // what clients drop unread is let go, and its call over, once it is collected
  return Promise.all(
    done.flat().map(async ({ use, base, seen }) => {
      const sent: SeenRequest[] = await ask(`${base}/seen`)
      return { use, base, observed: plain({ seen, sent: sent.toSorted(byContent) }, base) }
    }),
  )
}

let count = 0

async function run(use: Use, origin: string, means: Means) {
  count += 1
  const base = `${origin}/run-${count}`
  const link: Link = {
    ...means,
    api: (name, way = 'well') => `${base}/${way}/${name}`,
    arrived: () => ask(`${base}/arrived`),
  }
  const seen = await bounded(use.run(link)).catch((error: unknown) => ({
    [UNEXPECTED]: described(error),
  }))
  return { use, base, seen }
}

async function ask(url: string) {
  return (await fetch(url)).json()
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

/** Requests that are under way at the same time come in any order. */
function byContent(one: SeenRequest, other: SeenRequest): number {
  return `${one.path} ${one.body}`.localeCompare(`${other.path} ${other.body}`)
}

/** Nothing here takes longer; what does is stuck. */
const LIMIT_MS = 8_000

async function bounded(seen: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done after ${LIMIT_MS} ms.`)), LIMIT_MS)
  })
  return Promise.race([seen, limit]).finally(() => clearTimeout(timer))
}
