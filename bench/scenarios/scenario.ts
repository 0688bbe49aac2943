/**
 * A scenario: what an application does, and what is measured while it does it.
 *
 * @module
 */

import type { Application, Contender } from '../contenders/contender.ts'
import type { Servers } from '../servers/start.ts'

/** By the measure's name: a number, or what was said where that is the result. */
export type Measures = Record<string, number | string>

/** A measure, as the tables show it. */
export interface Column {
  measure: string
  title: string
  unit?: string
  digits?: number
  /** Beside the number: how much more than the bare client, and how many times as much. */
  compared?: boolean
  /** Of what was recorded: there is nothing to be said of who records nothing. */
  recorded?: boolean
}

export interface Scenario {
  name: string
  title: string
  /** One or two sentences for the report. */
  about: string
  columns: readonly Column[]
  /** Drawn in its unit, or, without one, as a ratio to the bare client. */
  chart?: { measure: string; says: string; unit?: string }
  /** Who can take part: everybody, or those that trace at `fetch`. */
  level?: 'client' | 'fetch'
  /** What the collector does meanwhile. */
  collector?: 'ok' | 'hang' | 'failing' | 'slow' | 'down'
  /** The process is left to end by itself. */
  endsByItself?: boolean
  /** Who is not asked: there is nothing to be told of it. */
  without?: readonly string[]
  /** Rounds at most: it has little spread, or takes too long. */
  maxRounds?: number
  /** After which a process is ended that has measured nothing. */
  maxMs?: number
  /** In a fresh process, with the application set up. */
  inside?(stage: Stage): Promise<Measures>
  /** From outside of the application's process. */
  outside?(contender: Contender, servers: Servers): Promise<Measures>
}

export interface Stage extends Application {
  /** The model API's address, with `/v1`, for those who call it without a client. */
  modelUrl: string
  /** A prompt that can be told from all others when it arrives. */
  prompt(): string
}
