/**
 * What a run of the suite has to have come to, on whatever runtime it was.
 *
 * @module
 */

import { expect, it } from 'vitest'
import type { World } from '../support/world.ts'
import { collectorOf, type Place } from './check.ts'
import { delivered } from './paths.ts'
import { checksFor, type Outcomes } from './suite.ts'

/** A test for each check. */
export function itHolds(
  place: Omit<Place, 'url'>,
  ran: () => { world: World; outcomes: Outcomes },
) {
  const checks = checksFor({ url: '', ...place })

  it.each(checks)('$name', async (check) => {
    const { world, outcomes } = ran()
    const here = { url: world.url, ...place }
    const paths = check.delivered(here)
    expect(outcomes[check.name]).toEqual({
      seen: check.seen(here),
      told: check.told?.(here) ?? [],
      receipt: { accepted: check.counted ?? paths.length, rejected: 0, dropped: 0, pending: 0 },
    })
    const { requests } = world.collector(collectorOf(check))
    expect(delivered(requests)).toEqual({ paths, notOnce: [] })
  })

  it('lets no server see the header that names a parent', () => {
    const { world } = ran()
    expect(world.calls()).toBeGreaterThan(200)
    expect(world.leaked).toEqual([])
  })
}
