/**
 * Replies that an API gives whole and streamed: the same record is expected of both.
 *
 * @module
 */

import { anthropicPairs } from './pairs-anthropic.ts'
import { bedrockPairs } from './pairs-bedrock.ts'
import { blockPairs } from './pairs-blocks.ts'
import { chatPairs } from './pairs-chat.ts'
import { cloudflarePairs } from './pairs-cloudflare.ts'
import { coherePairs } from './pairs-cohere.ts'
import { completionPairs } from './pairs-completions.ts'
import { cornerPairs } from './pairs-corners.ts'
import { googlePairs } from './pairs-google.ts'
import { hostPairs } from './pairs-hosts.ts'
import { interactionPairs } from './pairs-interactions.ts'
import { mediaPairs } from './pairs-media.ts'
import { mistralPairs } from './pairs-mistral.ts'
import { ollamaPairs } from './pairs-ollama.ts'
import { responsePairs } from './pairs-responses.ts'

export interface Pair {
  name: string
  url: string
  /** Where its stream is asked for, if that is another address. */
  streamUrl?: string
  /** Its stream is a JSON array. */
  isArray?: true
  request: object
  whole: object
  events: readonly object[]
  /** Each event is a line, and no server-sent event. */
  lines?: true
  /** Each event is one of Amazon's binary stream, made so. */
  amazon?: (event: object) => Uint8Array
  /** How many of the last events say that it has ended; 3 unless told. */
  ending?: number
  /** What ends the stream after the events. */
  done: string
  output: object
  usage: object
  finish: readonly (string | null)[]
}

export const pairs: readonly Pair[] = [
  ...chatPairs,
  ...responsePairs,
  ...completionPairs,
  ...mediaPairs,
  ...cornerPairs,
  ...hostPairs,
  ...anthropicPairs,
  ...blockPairs,
  ...bedrockPairs,
  ...cloudflarePairs,
  ...ollamaPairs,
  ...coherePairs,
  ...mistralPairs,
  ...googlePairs,
  ...interactionPairs,
]
