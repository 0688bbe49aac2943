/**
 * The steps of two traces in one tree. The pair that is chosen opens below its row.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import { compareAddress, type Comparison } from '../addresses.ts'
import type { Compared, Mark, StepDifference } from '../compare/differences.ts'
import { difference } from '../compare/figures.ts'
import { count, duration, plural } from '../units.ts'
import { tookUs } from './compare-sides.tsx'
import { Arrow, Duration } from './figures.tsx'
import { Kind } from './marks.tsx'
import { REASONS } from './step-row.tsx'
import { cut, Text } from './text.tsx'

/** More rows than this are shown in parts. */
export const COMPARED_ROWS = 500

/** In the stylesheet, too. */
const MAX_INDENT = 12
/** Of a value in a row; all of it stands in the pair. */
const SHORT_CHARS = 30
/** Of the differences of a step. */
const SHORT_LIST = 5

/** A sign and words for it: the colour is never alone. */
const MARKS: Record<Mark, [sign: string, words: string]> = {
  same: ['=', 'the same'],
  changed: ['≠', 'changed'],
  a: ['A', 'only in A'],
  b: ['B', 'only in B'],
}

interface StepsProps {
  rows: readonly Compared[]
  from: number
  here: Comparison
  /** What is shown below the row that is chosen. */
  pair: Child | undefined
}

export function ComparedSteps({ rows, from, here, pair }: StepsProps) {
  const shown = rows.slice(from, from + COMPARED_ROWS)
  return (
    <>
      {pair !== undefined && !shown.some((row) => isChosen(row, here)) && (
        <section class="pair" id="pair" aria-label="Two steps that are no row below">
          {pair}
        </section>
      )}
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">A took</th>
            <th scope="col">B took</th>
            <th scope="col">B against A</th>
            <th scope="col">What differs</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <RowOf row={row} here={here} pair={pair} />
          ))}
        </tbody>
      </table>
      <Rest total={rows.length} from={from} here={here} />
    </>
  )
}

function isChosen(row: Compared, { step }: Comparison): boolean {
  if (row.type === 'group' || !step) return false
  return row.pair.a?.id === step.a && row.pair.b?.id === step.b
}

interface RowProps {
  row: Compared
  here: Comparison
  pair: Child | undefined
}

function RowOf({ row, here, pair }: RowProps) {
  if (row.type === 'group') {
    return (
      <tr class="group">
        <td colspan={5}>{REASONS[row.reason]}</td>
      </tr>
    )
  }
  const { a, b } = row.pair
  const span = a ?? b
  const step = { a: a?.id, b: b?.id }
  const isOpen = isChosen(row, here)
  const [sign, words] = MARKS[row.mark]
  const depth = Math.min(row.level - 1, MAX_INDENT)
  const name = span.name || 'unnamed'
  return (
    <>
      <tr
        class={`m-${row.mark}`}
        id={isOpen ? 'pair' : undefined}
        aria-current={isOpen ? 'true' : undefined}
      >
        <td>
          <div class="line">
            {depth > 0 && <i class={`d${depth}`}></i>}
            <b class="sign" title={words}>
              <span aria-hidden="true">{sign}</span>
              <span class="hidden">{words}: </span>
            </b>
            <Kind kind={span.kind} />
            <a
              href={compareAddress({ ...here, step: isOpen ? undefined : step })}
              title={name.length > SHORT_CHARS ? name : undefined}
            >
              <Text text={name} />
            </a>
          </div>
        </td>
        <td>{a && <Took us={tookUs(a)} status={a.status} />}</td>
        <td>{b && <Took us={tookUs(b)} status={b.status} />}</td>
        <td>{a && b ? difference(tookUs(a) || null, tookUs(b) || null, duration) : ''}</td>
        <td>{row.mark === 'a' || row.mark === 'b' ? words : <Short all={row.differences} />}</td>
      </tr>
      {isOpen && pair !== undefined && (
        <tr class="pair">
          <td colspan={5}>{pair}</td>
        </tr>
      )}
    </>
  )
}

function Took({ us, status }: { us: number | null; status: string }) {
  return us === null && status === 'running' ? <>running</> : <Duration us={us} />
}

function Short({ all }: { all: readonly StepDifference[] }) {
  const shown = all.slice(0, SHORT_LIST)
  return (
    <>
      {shown.map(({ what, a, b }, index) => (
        <>
          {index > 0 && ', '}
          <Text text={short(what)} />{' '}
          <span class="unknown">
            <Text text={short(a)} />
            <Arrow />
            <Text text={short(b)} />
          </span>
        </>
      ))}
      {all.length > shown.length && `, and ${plural(all.length - shown.length, 'more', 'more')}`}
    </>
  )
}

function short(value: string | undefined): string {
  if (value === undefined) return 'none'
  return value.length > SHORT_CHARS ? `${cut(value, SHORT_CHARS)}…` : value
}

function Rest({ total, from, here }: { total: number; from: number; here: Comparison }) {
  const after = total - from - COMPARED_ROWS
  if (from === 0 && after <= 0) return <></>
  const at = (row: number) => compareAddress({ ...here, step: undefined, from: row })
  return (
    <p class="rest">
      {from > 0 && (
        <>
          <a href={at(Math.max(from - COMPARED_ROWS, 0))}>← Rows before</a>{' '}
        </>
      )}
      Rows {count(from + 1)} to {count(Math.min(from + COMPARED_ROWS, total))} of {count(total)}.
      {after > 0 && (
        <>
          {' '}
          <a href={at(from + COMPARED_ROWS)}>Rows after →</a>
        </>
      )}
    </p>
  )
}
