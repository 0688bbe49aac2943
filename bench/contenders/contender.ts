/**
 * A contender: one way to trace an application that talks to a model, or not to.
 *
 * @module
 */

import type OpenAI from 'openai'

export interface Environment {
  /** The model API's address, with `/v1`. */
  modelUrl: string
  collectorUrl: string
}

/** What an application has in its hands once it is set up. */
export interface Application {
  client: OpenAI
  /** For those that trace at this level. */
  fetch?: (input: string, init: RequestInit) => Promise<Response>
  /** Sends what was recorded, and gives what the contender says about it. */
  flush(): Promise<unknown>
  /** In workerd, what was recorded leaves with its request without being asked to. */
  leavesByItself?: boolean
}

/** What each file here exports. */
export interface Adapter {
  setup(environment: Environment): Application | Promise<Application>
}

export interface Contender {
  name: string
  title: string
  /** What is traced: the client's methods, or the `fetch` under them. */
  traces: 'fetch' | 'client' | 'nothing'
  /** The untraced client of the same major version, to compare with. */
  baseline: 'bare' | 'bare-6'
  /** npm packages, for the versions in the report. */
  packages: readonly string[]
  /** What an application imports for it. */
  imports: readonly string[]
  /** Why it is not measured. */
  excused?: string
  /** Its file here. */
  load?(): Promise<Adapter>
}
