/**
 * What a convention is: other names for what the standard names, and a reader for what is more than a
 * name.
 *
 * It says things by their standard names, those of OpenTelemetry's GenAI conventions v0.1.0 and of our exporter
 * (`carrot.`), and only what nobody has said before. So a span that speaks two conventions is
 * understood by the first of them, and nothing in it is told twice.
 *
 * @module
 */

import type { Attributes } from './attributes.ts'
import type { Span } from './span.ts'

export interface Convention {
  /** As it is called in documents. */
  readonly title: string
  /** Stands for the format of the calls that it tells of. */
  readonly format: string
  matches(span: Span): boolean
  /** By its own name the standard's. */
  readonly names: Readonly<Record<string, string>>
  /** Comes after the names. It cannot throw. */
  read?(span: Span): void
}

export function rename(attributes: Attributes, names: Convention['names']): void {
  for (const [own, standard] of Object.entries(names)) {
    if (attributes.look(own) !== undefined) attributes.say(standard, attributes.take(own))
  }
}

/** What the standard has no name for, and no record sends: how a step is called. */
export const NAME = 'carrot.name'
/** That it has failed, where its status does not say so. */
export const FAILED = 'carrot.failed'
/** Why, in words. */
export const REASON = 'carrot.reason'
