/**
 * What went into two steps, or came out of them, side by side: as conversations where both are, else as
 * text.
 *
 * @module
 */

import { isObject, type Json } from '../../../src/lib/json.ts'
import { readConversation, readTools } from '../chat/read.ts'
import { type Said, spoken, written } from '../chat/spoken.ts'
import { sorted, type StepDifference } from './differences.ts'
import type { Effort, Pair } from './sequence.ts'
import { compareTexts, type Difference } from './texts.ts'
import { pairTurns } from './turns.ts'

export type Bodies =
  | { type: 'turns'; turns: Pair<Said>[]; tools: StepDifference[]; rest: string[] }
  | { type: 'text'; isSame: boolean; difference: Difference }

/** @param told What was named as different already. */
export function compareBodies(
  a: Json,
  b: Json,
  effort: Effort,
  told: readonly StepDifference[] = [],
): Bodies {
  const [turnsA, turnsB] = [a, b].map((body) => (body === null ? [] : readConversation(body)))
  if (turnsA && turnsB) {
    const [saidA, saidB] = [turnsA, turnsB].map((turns) => turns.map((turn) => spoken(turn)))
    const turns = pairTurns(saidA ?? [], saidB ?? [], effort)
    return { type: 'turns', turns, tools: toolDifferences(a, b), rest: restDifferences(a, b, told) }
  }
  const [textA, textB] = [a, b].map((body) => (body === null ? '' : written(body, 2)))
  const by = typeof a === 'string' && typeof b === 'string' ? 'words' : 'lines'
  const difference = compareTexts(textA ?? '', textB ?? '', effort, by)
  return { type: 'text', isSame: textA === textB, difference }
}

/** A tool of one side alone, or one that is not declared alike. */
function toolDifferences(a: Json, b: Json): StepDifference[] {
  const [ofA, ofB] = [new Map(readTools(a)), new Map(readTools(b))]
  return [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((what) => {
    const [toolA, toolB] = [ofA.get(what), ofB.get(what)]
    if (sorted(toolA) === sorted(toolB)) return []
    const [textA, textB] = [toolA, toolB].map((tool) => (tool ? written(tool, 2) : undefined))
    return [{ what, a: textA, b: textB }]
  })
}

/** Where a request has its prompt, its tools and its model, in any format. */
const PROMPT = new Set(
  (
    'messages system system_prompt instructions prompt input inputs contents systemInstruction ' +
    'system_instruction inputText tools toolConfig model role content tool_calls reasoning'
  ).split(' '),
)

/** What else the bodies have, by its key; parameters are read from any format elsewhere. */
function restDifferences(a: Json, b: Json, told: readonly StepDifference[]): string[] {
  if (!isObject(a) || !isObject(b)) return []
  const known = new Set(told.map(({ what }) => folded(what)))
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => !PROMPT.has(key) && !known.has(folded(key)) && sorted(a[key]) !== sorted(b[key]),
  )
}

/** `max_tokens` is `maxTokens` in a record. */
function folded(key: string): string {
  return key.replaceAll('_', '').toLowerCase()
}
