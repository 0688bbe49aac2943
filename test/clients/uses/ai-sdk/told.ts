/**
 * What an application is told by the AI SDK, without what that makes up itself: ids and times.
 *
 * @module
 */

import { described } from '../../plain.ts'

/** Names of what differs from run to run. */
const CHANCE = new Set(['performance', 'timestamp', 'callId'])

interface Reply {
  content: unknown
  finishReason: unknown
  rawFinishReason: unknown
  totalUsage: unknown
  warnings: unknown
  request: unknown
  response: unknown
}

export function told(reply: Reply): object {
  const { content, finishReason, rawFinishReason, totalUsage, warnings, request, response } = reply
  const seen = { content, finishReason, rawFinishReason, totalUsage, warnings, request, response }
  return withoutChance(seen)
}

/** All parts of a stream, and the error that ended it if one did. */
export async function toldStream<Part extends { type: string }>(
  { stream }: { stream: AsyncIterable<Part> },
  each: (part: Part) => void = () => {},
): Promise<unknown> {
  const parts: Part[] = []
  try {
    for await (const part of stream) {
      parts.push(withoutChance(part))
      each(part)
    }
  } catch (error) {
    return { parts, thrown: described(error) }
  }
  return parts
}

function withoutChance<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (name, inner: unknown) => {
      if (CHANCE.has(name)) return undefined
      return inner instanceof Error ? described(inner) : inner
    }),
  )
}
