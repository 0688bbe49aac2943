/**
 * Two steps in full: numbers, what they were called with, what went in and what came out.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { SpanDetail } from '../../store/store.ts'
import { compareAddress, rawAddress, stepAddress, type Side } from '../addresses.ts'
import { compareBodies, type Bodies } from '../compare/bodies.ts'
import { stepDifferences, type StepDifference } from '../compare/differences.ts'
import type { Effort, Pair } from '../compare/sequence.ts'
import { plural } from '../units.ts'
import { Changes } from './changes.tsx'
import { StepSides } from './compare-sides.tsx'
import { ComparedTurns } from './compare-turns.tsx'
import { Values } from './compare-values.tsx'
import { Text } from './text.tsx'

/** More keys than anyone reads. */
const KEYS = 60

export interface ComparePairProps {
  pair: Pair<SpanDetail>
  isOnlyDifferent: boolean
  effort: Effort
  /** The address of the two by themselves; absent where that is this page. */
  alone?: string | undefined
}

export function ComparePair({ pair, isOnlyDifferent, effort, alone }: ComparePairProps) {
  const { a, b } = pair
  if (!a || !b) {
    const span = a ?? b
    return (
      <>
        <p class="note">{a ? 'Only A' : 'Only B'} has this step.</p>
        <a href={stepAddress(span.traceId, span.id)}>Read it</a>
      </>
    )
  }
  const values = stepDifferences(a, b).filter(({ what }) => !what.startsWith('tokens '))
  return (
    <article class="two">
      {alone === undefined ? (
        <h2 class="hidden">The two steps</h2>
      ) : (
        <a href={alone}>These two alone</a>
      )}
      <StepSides a={a} b={b} />
      <Values title="Differs" values={values} raw={rawAddress(a.traceId, a.id, 'input')} />
      <BodyOf {...{ a, b, isOnlyDifferent, effort, values }} side="input" />
      <BodyOf {...{ a, b, isOnlyDifferent, effort, values }} side="output" />
    </article>
  )
}

export function aloneAddress({ a, b }: Pair<SpanDetail>): string | undefined {
  return a && b && compareAddress({ a: a.id, b: b.id })
}

interface BodyProps {
  a: SpanDetail
  b: SpanDetail
  side: Side
  isOnlyDifferent: boolean
  effort: Effort
  /** What differs beside the bodies. */
  values: readonly StepDifference[]
}

function BodyOf({ a, b, side, isOnlyDifferent, effort, values }: BodyProps) {
  const title = side === 'input' ? 'Input' : 'Output'
  return (
    <section aria-label={title}>
      <h3>
        {title}
        <span class="raw">
          <a href={rawAddress(a.traceId, a.id, side)}>raw A</a>{' '}
          <a href={rawAddress(b.traceId, b.id, side)}>raw B</a>
        </span>
      </h3>
      {a[side] === null || b[side] === null ? (
        <p class="unknown">
          nothing recorded in {a[side] !== null ? 'B' : b[side] !== null ? 'A' : 'either'}
        </p>
      ) : (
        ''
      )}
      {(a[side] !== null || b[side] !== null) && (
        <Both
          bodies={compareBodies(a[side], b[side], effort, values)}
          {...{ isOnlyDifferent, effort }}
          raw={rawAddress(a.traceId, a.id, side)}
        />
      )}
    </section>
  )
}

interface BothProps {
  bodies: Bodies
  isOnlyDifferent: boolean
  effort: Effort
  raw: string
}

function Both({ bodies, isOnlyDifferent, effort, raw }: BothProps): Child {
  if (bodies.type === 'text') {
    return bodies.isSame ? <Same /> : <Changes difference={bodies.difference} />
  }
  const { turns, tools, rest } = bodies
  const isSame = turns.every(({ a, b }) => a?.text === b?.text && a?.who === b?.who)
  return (
    <>
      <Values title="Tools" values={tools} raw={raw} />
      {rest.length > 0 && (
        <p class="note">
          Also different in the JSON: <Text text={rest.slice(0, KEYS).join(', ')} />
          {rest.length > KEYS && `, and ${plural(rest.length - KEYS, 'more', 'more')}`}
        </p>
      )}
      {isSame ? (
        turns.length > 0 && <Same of={plural(turns.length, 'message')} />
      ) : (
        <ComparedTurns {...{ turns, isOnlyDifferent, effort, raw }} />
      )}
    </>
  )
}

function Same({ of }: { of?: string }) {
  return <p class="note">The same on both sides{of === undefined ? '' : `: ${of}`}.</p>
}
