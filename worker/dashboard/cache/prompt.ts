/**
 * A prompt in the order in which providers cache it: definitions of tools, then what the system says,
 * then the messages; the same for every format.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { readConversation, readTools } from '../chat/read.ts'
import { spoken, written } from '../chat/spoken.ts'

export interface Part {
  type: 'tool' | 'system' | 'message'
  /** `tool 2 search`, `system`, `message 5 (user)`. */
  name: string
  /** Whose words they are; of a tool nothing. */
  who: string
  text: string
}

/** Whose words come before the conversation. */
const SYSTEM = new Set(['system', 'developer'])

/** `undefined` where there is no conversation to be read. */
export function promptParts(body: Json): Part[] | undefined {
  const turns = readConversation(body)
  if (!turns) return undefined
  const tools = readTools(body).map(([name, tool], index): Part => {
    return { type: 'tool', who: '', name: `tool ${index + 1} ${name}`, text: written(tool) }
  })
  const first = turns.findIndex(({ role }) => !SYSTEM.has(role))
  const leading = first < 0 ? turns.length : first
  const said = turns.map((turn, index): Part => {
    const { who, text } = spoken(turn, true)
    if (index >= leading) {
      return { type: 'message', who, name: `message ${index - leading + 1} (${who})`, text }
    }
    return { type: 'system', who, name: leading > 1 ? `${who} ${index + 1}` : who, text }
  })
  return [...tools, ...said]
}
