/**
 * Finds steps of a trace by a text: says how many have it, and where the next ones are.
 *
 * @module
 */

import { type Kept, traceAddress, type View } from '../addresses.ts'
import { isFound, MAX_FIND_CHARS } from '../trace/find-steps.ts'
import type { TreeRow } from '../trace/tree.ts'
import { count } from '../units.ts'

export interface FindStepsProps {
  traceId: string
  rows: readonly TreeRow[]
  view: View
  kept: Kept
  /** The last row on the page, where there are more. */
  last: number | undefined
}

export function FindSteps({ traceId, rows, view, kept, last }: FindStepsProps) {
  const { find = '', within } = kept
  const found = find === '' ? 0 : rows.filter((row) => isFound(row, find)).length
  const next =
    last === undefined ? -1 : rows.findIndex((row, number) => number > last && isFound(row, find))
  return (
    <form class="find" role="search" method="get" action={traceAddress(traceId)}>
      <label class="hidden" for="find">
        Find in this trace
      </label>
      <input
        id="find"
        name="find"
        type="search"
        value={find}
        maxlength={MAX_FIND_CHARS}
        placeholder="Find a name, model, kind or state"
        autocomplete="off"
        spellcheck={false}
      />
      {within && <input type="hidden" name="in" value={within} />}
      {view !== 'chat' && <input type="hidden" name="view" value={view} />}
      <button type="submit">Find</button>
      <output for="find">
        {find !== '' && (found === 0 ? 'none found' : `${count(found)} found`)}
      </output>
      {next > 0 && (
        <a class="further" href={traceAddress(traceId, { ...kept, from: next })}>
          Next found →
        </a>
      )}
    </form>
  )
}
