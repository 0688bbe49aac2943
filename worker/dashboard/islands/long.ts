/**
 * Asks the server for what a long trace has: the outline of all of it, and rows by their numbers.
 *
 * @module
 */

import { fetchFragment } from './fragment.ts'
import type { Outline } from './outline.ts'

/** The part of the trace's page with these rows, drawn on the axis of the outline. */
export function fetchRows(
  trace: string,
  numbers: readonly number[],
  { axis }: Pick<Outline, 'axis'>,
): Promise<DocumentFragment> {
  const view = new URLSearchParams(location.search).get('view')
  const query = new URLSearchParams({ rows: stretches(numbers), axis, ...(view && { view }) })
  return fetchFragment(`${trace}?${query}`)
}

export function rowsIn(fragment: DocumentFragment): HTMLTableRowElement[] {
  return [...fragment.querySelectorAll<HTMLTableRowElement>('tbody tr')]
}

/** `7-20.31` */
function stretches(numbers: readonly number[]): string {
  const parts: [first: number, last: number][] = []
  for (const number of numbers) {
    const part = parts.at(-1)
    if (part && part[1] === number - 1) part[1] = number
    else parts.push([number, number])
  }
  return parts.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join('.')
}
