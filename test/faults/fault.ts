/**
 * A fault of a collector, and what is to become of six records that are sent to it. Plain data, for
 * the programs as well as for the collector.
 *
 * @module
 */

import type { Receipt, TraceErrorCode, TracerOptions } from 'carrot-trace'
import type { Way } from './ways.ts'

/** How many records a program makes for each fault: a pipeline, a step, and four calls. */
export const RECORDS = 6

/** As a collector may give it out; of no shape by which keys are known. */
export const KEY = 'ck_live_0123456789abcdef'

/** What the models are asked, who have no article on it. */
export const QUESTION = 'Is this seen?'

export interface Fault {
  /** What the collector does. */
  name: string
  /** Who listens there instead of a collector. */
  instead?: 'nobody' | 'somebody who never reads'
  /** One for each request; the last of them for ever. */
  answers: readonly Way[]
  limits?: TracerOptions['limits']
  /** Whether `flush` comes back before there is an answer, and whether one comes later. */
  silent?: 'for a while' | 'for ever'
  /** All of what is counted; the rest is 0. */
  receipt: Partial<Receipt>
  /** What `onError` is told, each by its code and the beginning of its message. */
  told?: readonly (readonly [TraceErrorCode, string])[]
  /** How many records came in each request, where each is to be heard of. */
  requests?: readonly number[]
}

/** In an address. */
export function slug({ name }: Fault): string {
  return name.replaceAll(/\W+/g, '-')
}
