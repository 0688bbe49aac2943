/**
 * What a call used.
 *
 * @module
 */

import type { Json } from './json.ts'

/**
 * Token counts one can bill on. `input` and `output` are totals; every other count is a part of
 * one of them. `null`: the provider did not say. An unknown count is never 0.
 */
export interface Usage {
  /** `injected`: the provider said it because the tracer asked for it (`capture.streamUsage`). */
  source: 'provider' | 'injected' | 'absent'
  /** False when the stream ended before the last count. */
  final: boolean
  input: number | null
  output: number | null
  total: number | null
  cacheRead: number | null
  cacheWrite: number | null
  /** The part of `cacheWrite` that is kept, and billed, for an hour. */
  cacheWrite1h: number | null
  reasoning: number | null
  /** Parts of `input` and `output` by what they stand for; absent where the provider does not say. */
  textInput?: number
  imageInput?: number
  audioInput?: number
  textOutput?: number
  imageOutput?: number
  audioOutput?: number
  /** Length of the audio, where the provider counts that and no tokens. */
  seconds?: number
  /** Searches, where a provider bills those: Cohere's, of up to 100 documents each. */
  searchUnits?: number
  /** Pages read, where a provider bills those. */
  pages?: number
  /** The provider's own object, for later repair. */
  raw?: Json
}
