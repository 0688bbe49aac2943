/**
 * What can be done with the traces that were selected in the list. Without scripts it does the same.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { SelectedFor } from '../list/selected.ts'

const ACTS: readonly [name: SelectedFor, words: string][] = [
  ['compare', 'Compare two'],
  ['records', 'Export steps'],
  ['chat', 'Export for training'],
  ['otlp', 'Export as OTLP'],
  ['delete', 'Delete…'],
]

/** Around the rows, in which there is a box each. What can be done shows where one is checked. */
export function Selection({ children }: { children: Child }) {
  return (
    <form class="selecting" action="/selected" aria-label="Traces to select">
      {children}
      <div class="selection">
        {ACTS.map(([name, words]) => (
          <button type="submit" name="do" value={name} class="plain">
            {words}
          </button>
        ))}
        <button type="reset" class="quiet">
          Select none
        </button>
      </div>
    </form>
  )
}
