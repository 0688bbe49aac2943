/**
 * A conversation, turn by turn: who said what, which tools were called and what they gave back.
 *
 * @module
 */

import type { Formatted } from '../chat/markdown.ts'
import type { Turn } from '../chat/turns.ts'
import { plural } from '../units.ts'
import { Said, type Names } from './said.tsx'
import { Text } from './text.tsx'

/** Of a longer history the beginning is folded: the end is what this call is about. */
const TURNS = 40

interface ConversationProps {
  turns: readonly Turn[]
  formatted: Formatted
  raw: string
  /** So many turns at the beginning are known to the reader. */
  repeated?: number
}

export function Conversation({ turns, formatted, raw, repeated = 0 }: ConversationProps) {
  const names = toolNames(turns)
  const known = Math.min(repeated, turns.length - 1)
  const early = turns.slice(0, Math.max(turns.length - TURNS, known, 0))
  const show = (turn: Turn) => <TurnOf {...{ turn, names, formatted, raw }} />
  return (
    <div class="chat">
      {early.length > 0 && (
        <details>
          <summary>
            {plural(early.length, 'earlier message')}
            {known === early.length && ', as before'}
          </summary>
          {early.map(show)}
        </details>
      )}
      {turns.slice(early.length).map(show)}
    </div>
  )
}

function toolNames(turns: readonly Turn[]): Names {
  const calls = turns.flatMap((turn) => turn.blocks).filter((block) => block.type === 'call')
  return new Map(calls.flatMap(({ id, name }) => (id === undefined ? [] : [[id, name]])))
}

interface TurnProps extends Omit<ConversationProps, 'turns'> {
  turn: Turn
  names: Names
}

function TurnOf({ turn, names, formatted, raw }: TurnProps) {
  return (
    <div class={`turn r-${roleClass(turn.role)}`}>
      <p class="role">
        <Text text={turn.role} />
        {turn.name && (
          <span class="aside">
            <Text text={turn.name} />
          </span>
        )}
      </p>
      {turn.blocks.length > 0 ? (
        turn.blocks.map((block) => <Said {...{ block, names, formatted, raw }} />)
      ) : (
        <p class="unknown">empty</p>
      )}
    </div>
  )
}

function roleClass(role: string): string {
  if (role === 'model') return 'assistant'
  return ['system', 'developer', 'user', 'assistant', 'tool'].includes(role) ? role : 'other'
}
