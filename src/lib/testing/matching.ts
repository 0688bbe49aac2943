/**
 * What matchers for traces are asked, and what they say.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'
import type { Ended, ModelCall } from '../model-call.ts'
import type { MembersOf, PartOf } from './partial.ts'
import type { TreeShape } from './tree.ts'

/** What may be asked of a call: members of the call and of its record, all optional. */
export interface CallPattern extends MembersOf<ModelCall & Omit<SpanRecord, 'call' | 'error'>> {
  /** As it was asked for, or as it answered. */
  model?: PartOf<string> | undefined
}

export interface TokenBounds {
  atMost?: number
  atLeast?: number
  /** Which of them; `total` unless told. */
  of?: 'input' | 'output' | 'total'
}

/** For declaration merging: what `expect` has after `expect.extend(matchers)`. */
export interface TraceMatchers<Result = void> {
  /** One of the calls is so. */
  toHaveCall(pattern?: CallPattern): Result
  /** One of the steps or calls has this name, and is so. */
  toHaveSpan(name: string, pattern?: MembersOf<SpanRecord>): Result
  /** All calls together, attempts included. Fails, too, if what one of them used is not known. */
  toHaveUsedTokens(bounds: TokenBounds): Result
  /** Every call ended so, and there is one. */
  toHaveEndedAs(ended: Ended): Result
  /** The steps and calls are named and nested so, in the order in which they began. */
  toHaveTree(shape: TreeShape): Result
}

export interface Verdict {
  pass: boolean
  message: () => string
}

export interface Assertion {
  readonly isNot?: boolean
}

/** Takes `memory()`, or records. No interface: `expect.extend` asks for what has an index signature. */
export type Matchers = {
  toHaveCall(this: Assertion, received: unknown, pattern?: CallPattern): Verdict
  toHaveSpan(
    this: Assertion,
    received: unknown,
    name: string,
    pattern?: MembersOf<SpanRecord>,
  ): Verdict
  toHaveUsedTokens(this: Assertion, received: unknown, bounds: TokenBounds): Verdict
  toHaveEndedAs(this: Assertion, received: unknown, ended: Ended): Verdict
  toHaveTree(this: Assertion, received: unknown, shape: TreeShape): Verdict
}
