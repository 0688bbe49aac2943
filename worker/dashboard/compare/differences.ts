/**
 * In what two steps differ, by what a row of the store says: bodies are read for one pair at a time.
 *
 * How long a step took is no difference by itself: it never is the same. The number of tokens is: the
 * texts are others then.
 *
 * @module
 */

import { jsonText } from '../json-text.ts'
import type { SpanRow } from '../../store/store.ts'
import { readCall } from '../step/call.ts'
import type { Json } from '../../../src/lib/json.ts'
import { count } from '../units.ts'
import type { Aligned } from './align.ts'

export interface StepDifference {
  what: string
  /** Nothing where that side does not have it. */
  a: string | undefined
  b: string | undefined
}

export function stepDifferences(a: SpanRow, b: SpanRow): StepDifference[] {
  const all: StepDifference[] = []
  const compare = (what: string, a: string | undefined, b: string | undefined) => {
    if (a !== b) all.push({ what, a, b })
  }
  compare('kind', a.kind, b.kind)
  // A name that repeats the model says nothing more than the model does.
  if (bare(a) !== bare(b)) compare('name', a.name, b.name)
  compare('provider', a.provider ?? undefined, b.provider ?? undefined)
  compare('model', a.model ?? undefined, b.model ?? undefined)
  compare('status', a.status, b.status)
  compare('error', failure(a), failure(b))
  compare('tokens in', tally(a.inputTokens), tally(b.inputTokens))
  compare('tokens out', tally(a.outputTokens), tally(b.outputTokens))
  if (a.call === null && b.call === null) return all
  const [callA, callB] = [readCall(a), readCall(b)]
  compare('finish', callA.finish.join(', ') || undefined, callB.finish.join(', ') || undefined)
  all.push(...parameterDifferences(callA.parameters, callB.parameters))
  return all
}

type Parameters = readonly (readonly [name: string, value: Json])[]

/** Each key that is not the same on both sides. In which order a value's own keys stand is no difference. */
export function parameterDifferences(a: Parameters, b: Parameters): StepDifference[] {
  const [ofA, ofB] = [new Map(a), new Map(b)]
  const names = new Set([...ofA.keys(), ...ofB.keys()])
  return [...names].flatMap((what) => {
    const [valueA, valueB] = [ofA.get(what), ofB.get(what)]
    if (sorted(valueA) === sorted(valueB)) return []
    return [{ what, a: jsonText(valueA), b: jsonText(valueB) }]
  })
}

export type Mark = 'same' | 'changed' | 'a' | 'b'

export type Compared = Aligned & { mark: Mark; differences: StepDifference[] }

export function compared(row: Aligned): Compared {
  if (row.type === 'group') return { ...row, mark: 'same', differences: [] }
  const { a, b } = row.pair
  if (!a || !b) return { ...row, mark: a ? 'a' : 'b', differences: [] }
  const differences = stepDifferences(a, b)
  return { ...row, mark: differences.length > 0 ? 'changed' : 'same', differences }
}

function bare({ name, model }: SpanRow): string {
  return model ? name.replace(model, '') : name
}

function failure({ error }: SpanRow): string | undefined {
  return error ? [error.type, error.message].join(': ') : undefined
}

function tally(tokens: number | null): string | undefined {
  return tokens === null ? undefined : count(tokens)
}

/** As text with keys in one order. */
export function sorted(value: Json | undefined): string | undefined {
  try {
    return JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'object' && one !== null && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).toSorted(([x], [y]) => (x < y ? -1 : 1)))
        : one,
    )
  } catch {
    return undefined // nested too deeply
  }
}
