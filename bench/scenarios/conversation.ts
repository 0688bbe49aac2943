/**
 * A conversation that repeats with each turn all that was said before, as agents do.
 *
 * What is recorded of it grows with the square of its turns, as what the model is sent does: the
 * question is how much of that is held at once, and how much travels.
 *
 * @module
 */

import { text } from '../servers/words.ts'
import { MODEL } from './calls.ts'
import { heapMb } from './raw.ts'
import type { Measures, Scenario, Stage } from './scenario.ts'

const TURN_CHARS = 1_000
const MB = 1_000_000

function conversation(turns: number): Scenario {
  return {
    name: `conversation-${turns}`,
    title: `A conversation of ${turns} turns`,
    about: `Each turn adds a question and an answer of 1 KB, and sends all before once more. Held is what the heap has more of while it runs, at most, with all garbage collected; what the client sends to the model is what a record of it cannot be smaller than, and what all of them would weigh together if they waited.`,
    columns: [
      { measure: 'askedEach', title: 'sent to the model, bytes a turn' },
      { measure: 'askedMb', title: 'in all', unit: 'MB', digits: 1 },
      { measure: 'heldMb', title: 'held at most', unit: 'MB', digits: 1 },
      { measure: 'requests', title: 'requests' },
      { measure: 'plainEach', title: 'bytes a turn on the wire, unpacked' },
      { measure: 'bytesEach', title: 'as they travelled' },
      { measure: 'gzipEach', title: 'with gzip' },
    ],
    maxRounds: 1,
    inside: (stage) => converse(stage, turns),
  }
}

export const conversations: readonly Scenario[] = [10, 50, 200].map(conversation)

async function converse({ client, prompt, flush }: Stage, turns: number): Promise<Measures> {
  const messages: { role: 'user' | 'assistant'; content: string }[] = []
  const before = await heapMb()
  let held = 0
  let asked = 0
  for (let turn = 0; turn < turns; turn += 1) {
    messages.push({ role: 'user', content: `${prompt()} ${text(turn, TURN_CHARS)}` })
    asked += JSON.stringify(messages).length
    const { choices } = await client.chat.completions.create({
      model: MODEL,
      messages,
      user: `whole/${TURN_CHARS}`,
    })
    messages.push({ role: 'assistant', content: choices[0]?.message.content ?? '' })
    if (turn % Math.ceil(turns / 20) === 0) held = Math.max(held, (await heapMb()) - before)
  }
  await flush()
  return { askedEach: asked / turns, askedMb: asked / MB, heldMb: held }
}
