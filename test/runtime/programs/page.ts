/**
 * The suite in a page: what came out is read from `globalThis.outcomes`.
 */

import type { Place } from '../check.ts'
import { runSuite } from '../suite.ts'

const place: Place = {
  kind: 'page',
  url: location.origin,
  ambient: false,
  looksIntoRequests: true,
}
Object.assign(globalThis, { outcomes: runSuite(place) })
