/**
 * Traces over a day whose calls have usage that can be priced, by several models, users and environments.
 *
 * @module
 */

import type { SpanDetail } from '../../../worker/store/store.ts'
import { call, sketch } from './spans.ts'

const DAY_MS = 24 * 3_600_000
const MODELS = [
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-4.1',
  'o4-mini',
  'gpt-4.1-mini',
  'gpt-4.1-nano',
  'own-model',
]

/** The last of the models has no price. */
export function priced(count: number): SpanDetail[] {
  return Array.from({ length: count }, (_, index) => {
    const model = MODELS[index % MODELS.length] ?? ''
    const took = 300 + ((index * 7919) % 9000)
    const [input, output] = [400 + ((index * 37) % 3000), 20 + ((index * 13) % 600)]
    const made = call({ asked: model, stream: true, firstTextMs: Math.round(took / 4) })
    const isBad = index % 17 === 3
    return sketch(`priced ${index}`, (((index * 5417) % 997) + 1) * (DAY_MS / 1000), [
      {
        name: 'answerQuestion',
        kind: 'workflow',
        took: took + 40,
        status: isBad ? 'error' : 'success',
        userId: `user ${index % 4}`,
        environment: index % 3 === 0 ? 'staging' : 'production',
        input: `Question ${index}`,
      },
      {
        name: 'chat',
        as: 'call',
        kind: 'generation',
        in: 'answerQuestion',
        at: 20,
        took,
        status: isBad ? 'error' : 'success',
        model,
        provider: 'openai',
        userId: `user ${index % 4}`,
        environment: index % 3 === 0 ? 'staging' : 'production',
        inputTokens: input,
        outputTokens: output,
        call: { ...made, usage: { ...made.usage, input, output } },
      },
    ])
  }).flat()
}
