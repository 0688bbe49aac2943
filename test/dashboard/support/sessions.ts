/**
 * A chat of three turns in one session, a short one beside it, and tools that ran in between.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import type { SpanDetail } from '../../../worker/store/store.ts'
import { HOSTILE } from './hostile.ts'
import { call, sketch, type SpanSketch } from './spans.ts'

const MINUTE = 60_000
export const CHAT = 'chat-2026-11-23/ada'

const SAID: readonly [question: string, answer: string][] = [
  ['Where is order 1042?', 'It left the warehouse on Monday and should arrive tomorrow.'],
  ['Can I still change the address?', 'Yes, until it is out for delivery. Where should it go?'],
  ['To 5 Harbour Street, please.', 'Done: order 1042 now goes to 5 Harbour Street.'],
]

/** The request of a turn: all that was said before, and the question. */
function messages(turn: number): Json[] {
  const before = SAID.slice(0, turn).flatMap(([question, answer]) => [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ])
  const system = { role: 'system', content: 'You help customers of a shop.' }
  return [system, ...before, { role: 'user', content: SAID[turn]?.[0] ?? '' }]
}

export function chat(): SpanDetail[] {
  return SAID.flatMap(([, answer], turn) =>
    sketch(`chat ${turn}`, (12 - 3 * turn) * MINUTE, [
      {
        name: 'chat',
        kind: 'generation',
        sessionId: CHAT,
        userId: 'ada',
        took: 900 + 200 * turn,
        model: 'gpt-4o',
        provider: 'openai',
        inputTokens: 60 + 40 * turn,
        outputTokens: 20,
        call: call({}),
        input: { model: 'gpt-4o', messages: messages(turn) },
        output: { role: 'assistant', content: answer },
      },
    ]),
  )
}

const TOOLS: readonly [name: string, took: number, failed: boolean][] = [
  ['find_order', 140, false],
  ['find_order', 160, false],
  ['find_order', 900, true],
  ['send_mail', 2400, false],
]

export function agents(): SpanDetail[] {
  return TOOLS.flatMap(([name, took, failed], index) =>
    sketch(`agent ${index}`, (40 + 30 * index) * MINUTE, [
      {
        name: 'support agent',
        kind: 'agent',
        took: took + 100,
        sessionId: 'night run',
        userId: 'cron',
        tags: [index % 2 === 0 ? 'even' : 'odd'],
        input: `Ticket ${index}`,
        output: failed ? null : 'answered',
        ...(failed && { status: 'error' }),
      } satisfies SpanSketch,
      {
        name,
        kind: 'tool',
        in: 'support agent',
        at: 20,
        took,
        sessionId: 'night run',
        input: { ticket: index },
        ...(failed && {
          status: 'error',
          error: { type: 'Error', message: 'the database is away' },
        }),
      } satisfies SpanSketch,
    ]),
  )
}

/** Sessions, users and tools with names that want to be something else. */
export function hostileSessions(): SpanDetail[] {
  return HOSTILE.flatMap((text, index) =>
    sketch(`hostile session ${index}`, index * 1000, [
      { name: text, sessionId: text, userId: text, input: text, output: text },
      { name: text, as: 'tool', kind: 'tool', in: text, sessionId: text },
    ]),
  )
}
