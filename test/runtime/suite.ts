/**
 * What holds on every runtime, as named checks. The runners beside this run them all.
 *
 * @module
 */

import { perform, type Check, type Outcome, type Place } from './check.ts'
import { carrier } from './checks/carrier.ts'
import { diagnosis } from './checks/diagnosis.ts'
import { forms } from './checks/forms.ts'
import { patched } from './checks/patched.ts'
import { ambientPipelines, explicitPipelines } from './checks/pipelines.ts'
import { replayed } from './checks/replayed.ts'
import { warning } from './checks/warning.ts'

const ALL: readonly Check[] = [
  ambientPipelines,
  explicitPipelines,
  carrier,
  forms,
  patched,
  replayed,
  warning,
  diagnosis,
]

export function checksFor(place: Place): Check[] {
  return ALL.filter(({ applies }) => applies?.(place) ?? true)
}

export type Outcomes = Record<string, Outcome>

export async function runSuite(place: Place): Promise<Outcomes> {
  const outcomes: Outcomes = {}
  for (const check of checksFor(place)) outcomes[check.name] = await perform(check, place)
  return outcomes
}
