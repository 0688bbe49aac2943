/**
 * Two conversations turn by turn: what differs word by word, and what is the same folded into a line.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { Said } from '../chat/spoken.ts'
import type { Effort, Pair } from '../compare/sequence.ts'
import { compareTexts } from '../compare/texts.ts'
import { plural } from '../units.ts'
import { Changes } from './changes.tsx'
import { LongText, Text } from './text.tsx'

const TEXT_CHARS = 2000
/** More turns than anyone reads; the pages of the steps have them all. */
const TURNS = 60

interface TurnsProps {
  turns: readonly Pair<Said>[]
  isOnlyDifferent: boolean
  effort: Effort
  raw: string
}

export function ComparedTurns({ turns, isOnlyDifferent, effort, raw }: TurnsProps) {
  const parts: Child[] = []
  let same: Said[] = []
  const settle = () => {
    if (same.length > 0) {
      parts.push(
        isOnlyDifferent ? (
          <p class="note">{plural(same.length, 'message')} the same</p>
        ) : (
          <SameTurns turns={same} raw={raw} />
        ),
      )
    }
    same = []
  }
  let shown = 0
  for (const pair of turns) {
    const { a, b } = pair
    if (a && a.text === b?.text && a.who === b.who) {
      same.push(a)
      continue
    }
    shown += 1
    if (shown > TURNS) continue
    settle()
    parts.push(<TurnOf pair={pair} effort={effort} />)
  }
  settle()
  return (
    <div class="chat">
      {parts}
      {shown > TURNS && <p class="note">{plural(shown - TURNS, 'message')} more that differ.</p>}
    </div>
  )
}

function SameTurns({ turns, raw }: { turns: readonly Said[]; raw: string }) {
  return (
    <details>
      <summary>{plural(turns.length, 'message')} the same</summary>
      {turns.length > TURNS && <p class="note">The last {TURNS} of them:</p>}
      {turns.slice(-TURNS).map(({ who, text }) => (
        <div class="turn">
          <p class="role">
            <Text text={who} />
          </p>
          <LongText text={text} limit={TEXT_CHARS} raw={raw} />
        </div>
      ))}
    </details>
  )
}

function TurnOf({ pair: { a, b }, effort }: { pair: Pair<Said>; effort: Effort }) {
  const words = a && b ? 'changed' : a ? 'only in A' : 'only in B'
  return (
    <div class="turn">
      <p class="role">
        <Text text={a?.who ?? b?.who ?? ''} /> <span class="sub">{words}</span>
      </p>
      <Changes difference={compareTexts(a?.text ?? '', b?.text ?? '', effort)} />
    </div>
  )
}
