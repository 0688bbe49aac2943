/**
 * A conversation as it is read: turns of blocks, whatever API it was written for.
 *
 * Blocks keep what they do not understand, so that reading a chat never hides a part of it.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'

export interface Turn {
  role: string
  name?: string | undefined
  blocks: Block[]
}

export type Block =
  | { type: 'text' | 'reasoning' | 'refusal'; text: string }
  /** Arguments are text where they are no JSON. `sent` is how they were written, where that is not our way. */
  | { type: 'call'; id?: string | undefined; name: string; arguments: Json; sent?: string }
  /** `of` is the call's id, `name` the tool's, as far as a result says them. */
  | {
      type: 'result'
      of?: string | undefined
      name?: string | undefined
      failed: boolean
      blocks: Block[]
    }
  | Media
  | { type: 'other'; name: string; content: Json }

export interface Media {
  type: 'media'
  /** `image`, `audio`, `file`. */
  what: string
  format?: string | undefined
  bytes?: number | undefined
  /** Where it lies, if it was sent as an address. Never loaded. */
  address?: string | undefined
  /** What it was made from. */
  caption?: string | undefined
}
