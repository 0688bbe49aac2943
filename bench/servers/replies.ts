/**
 * What the stand-in for the model says, written out once, so that answering costs it little.
 *
 * @module
 */

import { text, words } from './words.ts'

const VARIANTS = 16
const HEAD = { model: 'gpt-4o-2024-08-06', created: 1_764_000_000, service_tier: 'default' }
const USAGE = { prompt_tokens: 120, completion_tokens: 180, total_tokens: 300 }

function cached(
  make: (variant: number, size: number) => Buffer,
): (call: number, size: number) => Buffer {
  const made = new Map<string, Buffer>()
  return (call, size) => {
    const variant = call % VARIANTS
    const key = `${variant} ${size}`
    const found = made.get(key) ?? make(variant, size)
    made.set(key, found)
    return found
  }
}

/** A whole chat completion of about this many bytes. */
export const completion = cached((variant, bytes) => {
  const body = (content: string): string =>
    JSON.stringify({
      id: `chatcmpl-${variant}`,
      object: 'chat.completion',
      ...HEAD,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        ...USAGE,
        prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
      },
      system_fingerprint: 'fp_a1b2c3d4e5',
    })
  return Buffer.from(body(text(variant + 1, Math.max(1, bytes - body('').length))))
})

/** An embedding of this many dimensions. */
export const embedding = cached((variant, dimensions) =>
  Buffer.from(
    JSON.stringify({
      object: 'list',
      data: [
        {
          object: 'embedding',
          index: 0,
          embedding: Array.from({ length: dimensions }, (_, at) => Math.sin(at + variant) / 30),
        },
      ],
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 8, total_tokens: 8 },
    }),
  ),
)

/** One event of a streamed completion: about 300 bytes, as the real API sends them. */
export function event(delta: object, rest: object = {}): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: null }]
  const chunk = {
    id: 'chatcmpl-BfQ0wTnYxkR8vLJ2m7sZpUe4HcAo',
    object: 'chat.completion.chunk',
    ...HEAD,
    system_fingerprint: 'fp_a1b2c3d4e5',
    choices,
    usage: null,
    obfuscation: 'x'.repeat(14),
    ...rest,
  }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

/** The events of a stream, round and round; what opens and what ends it are beside them. */
export const TOKENS: readonly Buffer[] = words(7, 512).map((content) =>
  Buffer.from(event({ content })),
)
export const OPENING: Buffer = Buffer.from(event({ role: 'assistant', content: '', refusal: null }))
export const ENDING: Buffer = Buffer.from(
  event({}, { choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }] }) +
    event({}, { choices: [], usage: USAGE }) +
    'data: [DONE]\n\n',
)
