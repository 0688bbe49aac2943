/**
 * What all stand-ins answer with: events at a pace, errors, and something sensible to say.
 *
 * @module
 */

import type { Pace } from './handler.ts'

/** The stand-in's clock stands still and its chance is none: the same request has the same answer. */
export const CREATED = 1_763_942_400

const KNOWN: readonly (readonly [about: RegExp, answer: string])[] = [
  [
    /review|check/i,
    'The answer is correct and complete: it names the menu, the step and the time limit.',
  ],
  [
    /password/i,
    'Go to Settings > Security > Reset Password, enter your email address, and follow the link that we send you. The link is valid for one hour.',
  ],
  [
    /refund/i,
    'Refunds take three to five working days. You can follow yours under Orders > Returns.',
  ],
]

/** The answer of a help desk, whatever is asked. */
export function answerTo(question: string): string {
  return (
    KNOWN.find(([about]) => about.test(question))?.[1] ??
    `I have no article on that yet. You asked: “${question.slice(0, 200)}”`
  )
}

/** All that is said in a list of messages, whatever the API's form for them. */
export function wordsOf(said: unknown): string {
  if (typeof said === 'string') return said
  if (typeof said !== 'object' || said === null) return ''
  return Object.values(said).map(wordsOf).join(' ')
}

/** What a model would call a tool with: every argument that it has to have, by its type. */
export function argumentsOf(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {}
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [
      name,
      JSON.stringify(property).includes('"string"') ? 'password' : 3,
    ]),
  )
}

/** The answer as a model would stream it: word by word. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+/g) ?? []
}

/** About what a tokenizer would count. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4)
}

/** Server-sent events, one a tick of the pace. Stops when the reader does. */
export function stream(
  events: readonly string[],
  pace: Pace,
  headers: Record<string, string>,
): Response {
  const encoder = new TextEncoder()
  let next = 0
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next === pace.stallAfter) return new Promise(() => {})
        await sleep(next === 0 ? pace.first : pace.next)
        const event = events[next]
        next += 1
        if (event === undefined) controller.close()
        else controller.enqueue(encoder.encode(event))
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } })
}

export async function whole(
  body: unknown,
  pace: Pace,
  events: number,
  headers: Record<string, string>,
): Promise<Response> {
  await sleep(pace.first + pace.next * events)
  return Response.json(body, { headers })
}

export function failure(
  status: number,
  type: string,
  message: string,
  code: string | null = null,
): Response {
  return Response.json(
    { error: { message, type, param: null, code } },
    { status, headers: { 'x-request-id': id('req_', message) } },
  )
}

/** An id as the APIs make them, for what was asked (FNV-1a). */
export function id(prefix: string, asked: string): string {
  let hash = 0xcbf29ce484222325n
  for (const character of asked) {
    hash ^= BigInt(character.codePointAt(0) ?? 0)
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return prefix + hash.toString(36).padStart(13, '0')
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}
