/**
 * What can be asked of sessions, and what is told of each.
 *
 * Plain data, as all that a store is asked for.
 *
 * @module
 */

import type { SpanStatus } from '../../src/lib/record.ts'
import type { Histogram, Query } from './query.ts'

/**
 * Sessions of which a trace meets the question, the one with the newest such trace first. What is told of
 * each is of the whole session, whatever was asked for.
 */
export interface SessionQuery extends Query {
  /** Continue after the last session of an earlier page of the same question: its `next`. */
  before?: string
  /** 1 to 200; 50 unless told. */
  limit?: number
}

export interface SessionPage {
  /** A page may be short, or empty, and have a `next` all the same. */
  sessions: SessionSummary[]
  next?: string
}

/** Of the newest `SESSION_TRACES` traces of a session. */
export interface SessionSummary {
  sessionId: string
  users: string[]
  traces: number
  /** There are more traces than the ones that this is of. */
  isMore: boolean
  /** Traces that failed. */
  errors: number
  /** Start of the first trace and of the last. */
  firstUs: number
  lastUs: number
  /** How long the traces took, of those that have ended. */
  latency: Histogram
  inputTokens: number | null
  outputTokens: number | null
  /** Of the calls whose cost is known; `null` if that is none. `costMissing` says how many others used tokens. */
  costNano: number | null
  costMissing: number
  /** Of the last trace. */
  lastName: string
  lastStatus: SpanStatus
  lastInput: string
}

export const SESSION_TRACES = 1000
/** More users of one session are not named. */
export const MAX_SESSION_USERS = 5
