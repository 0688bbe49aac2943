/**
 * How often something may be done: a bucket for each name that fills as time goes by.
 *
 * In the memory of one isolate or process. Where several share the work each has buckets of its own,
 * so that the whole lets through up to as many times more.
 *
 * @module
 */

export interface Rate {
  /** Takes one. 0: go on; else the seconds until there is one again. */
  take(name: string): number
}

/** The emptiest are kept: a full bucket says no more than none. */
const MAX_BUCKETS = 10_000

/** @param perMinute Also how many may be taken at once. */
export function rate(perMinute: number, now: () => number = Date.now): Rate {
  const buckets = new Map<string, { left: number; atMs: number }>()
  const perMs = perMinute / 60_000

  function dropFullest(atMs: number): void {
    let fullest = { name: '', left: -1 }
    for (const [name, bucket] of buckets) {
      const left = bucket.left + (atMs - bucket.atMs) * perMs
      if (left >= perMinute) buckets.delete(name)
      else if (left > fullest.left) fullest = { name, left }
    }
    if (buckets.size >= MAX_BUCKETS) buckets.delete(fullest.name)
  }

  return {
    take(name) {
      const atMs = now()
      const known = buckets.get(name)
      if (!known && buckets.size >= MAX_BUCKETS) dropFullest(atMs)
      const passedMs = known ? Math.max(0, atMs - known.atMs) : 0 // clocks go back, too
      const left = known ? Math.min(perMinute, known.left + passedMs * perMs) : perMinute
      const wait = left >= 1 ? 0 : Math.ceil((1 - left) / perMs / 1000)
      buckets.set(name, { left: wait === 0 ? left - 1 : left, atMs })
      return wait
    },
  }
}
