/**
 * Which trace a span belongs to when its record did not say.
 *
 * Foreign clients name a parent, not a trace. Such a span is at home where its parent is, and its own
 * id names its trace as long as the parent has not come. When a parent arrives, the whole family that
 * waited for it moves in. The answer depends on what is stored and not on the order of arrival; in
 * a ring of parents everyone is at home with the smallest id.
 *
 * @module
 */

import { traceIdOf } from '../../src/lib/ids.ts'

export interface Relative {
  id: string
  spanId: string
  parentId: string | null
  /** The trace it is in now. */
  traceId: string
  /** Whether its record named that trace: it never moves. */
  settled: boolean
}

export interface Family {
  parent(of: Relative): Relative | undefined
  /** Those of its children whose record named no trace. */
  followers(of: Relative): Relative[]
}

/** Everyone who has to move when these are new or changed, with the trace to move to. */
export function moves(changed: readonly Relative[], family: Family): Map<Relative, string> {
  const affected = withFollowers(changed, family)
  const homes = new Map<string, string>()
  for (const relative of affected.values()) findHome(relative, affected, homes, family)
  const moving = new Map<Relative, string>()
  for (const relative of affected.values()) {
    const home = homes.get(relative.id) ?? relative.traceId
    if (home !== relative.traceId) moving.set(relative, home)
  }
  return moving
}

function withFollowers(changed: readonly Relative[], family: Family): Map<string, Relative> {
  const found = new Map(changed.map((relative) => [relative.id, relative]))
  for (const relative of found.values()) {
    // A map hands out what is added while it is walked.
    for (const follower of family.followers(relative)) {
      if (!found.has(follower.id)) found.set(follower.id, follower)
    }
  }
  return found
}

/** Climbs to the first ancestor whose home is certain; all on the way share it. */
function findHome(
  start: Relative,
  affected: Map<string, Relative>,
  homes: Map<string, string>,
  family: Family,
): void {
  const climbed = new Map<string, Relative>()
  let at: Relative = start
  let home: string | undefined
  while (home === undefined) {
    const parent = at.settled ? undefined : family.parent(at)
    climbed.set(at.id, at)
    if (at.settled) {
      home = at.traceId
    } else if (parent === undefined) {
      home = traceIdOf(at.id)
    } else if (climbed.has(parent.id)) {
      home = traceIdOf(smallestId(climbed, parent.id))
    } else if (affected.has(parent.id)) {
      home = homes.get(parent.id)
    } else {
      home = parent.traceId
    }
    at = parent ?? at
  }
  for (const id of climbed.keys()) homes.set(id, home)
}

/** Of the ring that begins where the climb met itself. */
function smallestId(climbed: Map<string, Relative>, from: string): string {
  const ids = [...climbed.keys()]
  return ids.slice(ids.indexOf(from)).reduce((least, id) => (id < least ? id : least))
}
