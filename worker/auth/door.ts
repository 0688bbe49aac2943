/**
 * The door of the API: programs by a key, people by their session.
 *
 * Who comes with a key is judged by it alone, and without one as a person, so that neither lends its
 * rights to the other.
 *
 * @module
 */

import type { MiddlewareHandler } from 'hono'
import type { ProjectEnv, Refusal } from './access.ts'
import { keyDoor, refuseKey } from './key-door.ts'
import type { Keys, Scope } from './keys.ts'
import { personDoor, type PersonDoorOptions } from './person-door.ts'
import { carriesKey } from './request-key.ts'

export type Door = (scope: Scope) => MiddlewareHandler<ProjectEnv>

export function door(keys: Keys, options: PersonDoorOptions, refuse: Refusal): Door {
  // Who is not logged in hears what who has no key hears, and not what else there might be.
  const asPerson = personDoor(options, (context, status, reason) =>
    status === 401 || status === 503 ? refuseKey(context, refuse) : refuse(context, status, reason),
  )
  return (scope) => {
    const withKey = keyDoor(keys, scope, refuse)
    return (context, next) =>
      carriesKey(context) ? withKey(context, next) : asPerson(context, next)
  }
}
