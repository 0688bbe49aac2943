/**
 * What operations may learn of a failure. Messages of engines and of JSON quote what they choked on,
 * so a report has the kind of an error and never its text.
 *
 * @module
 */

export interface Failure {
  event: string
  /** The error's name. */
  cause: string
}

export type Report = (failure: Failure) => void
