/**
 * What a receiver reads: its names for what the table has, and what it wants beside.
 *
 * A profile is data. One of your own renames what the standard says by its standard names.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { Plain } from './attributes.ts'
import type { Conversation } from './messages.ts'

export interface Profile {
  readonly name: string
  /** For a name of the standard what it is called instead: another, several, or none (an empty list). */
  readonly names: Readonly<Record<string, string | readonly string[]>>
  /** What is said beside; what is `undefined` is not. */
  more?(record: SpanRecord, conversation: Conversation): Readonly<Record<string, Plain | undefined>>
  /** Messages as they were before v0.1.0: with the reason in each answer, and a tool's `result`. */
  readonly before?: boolean
}

/** The GenAI semantic conventions v0.1.0. Also for Grafana Tempo, Jaeger and all who read any attribute. */
export const standard: Profile = { name: 'standard', names: {} }

/** The names of semantic conventions 1.41 and before, when they were part of the main ones. */
export const older: Profile = {
  name: 'older',
  names: {
    'gen_ai.provider.name': ['gen_ai.provider.name', 'gen_ai.system'],
    'gen_ai.usage.cache_write.input_tokens': 'gen_ai.usage.cache_creation.input_tokens',
  },
  before: true,
}
