/**
 * Does uses against a server that tells the runs apart, and says what was seen on both sides.
 *
 * @module
 */

import type { SeenRequest } from './apis/runs.ts'
import { collectGarbage } from './garbage.ts'
import { described, plain } from './plain.ts'
import type { Client, Link, Use } from './use.ts'

/** All that can be told apart from outside. */
export interface Observation {
  /** By the application. */
  seen: unknown
  /** By the server: requests as they were sent, and how each connection ended. */
  sent: SeenRequest[]
}

export interface Run {
  use: Use
  /** What all addresses of the run begin with. */
  base: string
  observed: Observation
}

export type Means = Pick<Link, 'fetch' | 'wrap'>

/** What a use did not expect is no observation: done natively it says that the use is wrong. */
export const UNEXPECTED = 'unexpected'

const { fetch } = globalThis

/** The clients side by side, the uses of each one after the other. */
export async function runAll(
  clients: readonly Client[],
  origin: string,
  means: Means,
): Promise<Run[]> {
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

/** Requests that are under way at the same time come in any order. */
function byContent(one: SeenRequest, other: SeenRequest): number {
  return `${one.path} ${one.body}`.localeCompare(`${other.path} ${other.body}`)
}

/** Nothing here takes longer; what does is stuck. */
const LIMIT_MS = 15_000

async function bounded(seen: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done after ${LIMIT_MS} ms.`)), LIMIT_MS)
  })
  return Promise.race([seen, limit]).finally(() => clearTimeout(timer))
}
