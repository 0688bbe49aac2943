/**
 * The suite in a page: what came out is read from `globalThis.outcomes`.
 */

import { runSuite } from '../suite.ts'

const place = { url: location.origin, ambient: false, looksIntoRequests: true }
Object.assign(globalThis, { outcomes: runSuite(place) })
