/**
 * The rows of a trace that is on the page whole: what is folded away is hidden. And what a row of any
 * sheet is told of how the reader has it.
 *
 * @module
 */

import { isStep } from './outline.ts'
import type { Sheet, View } from './rows.ts'

export function wholeSheet(body: HTMLTableSectionElement): Sheet {
  function draw(view: View): void {
    const visible = new Set(view.visible())
    ;[...body.rows].forEach((row, number) => {
      row.hidden = !visible.has(number)
      dress(row, number, view)
    })
  }

  return {
    draw,
    bring(number, view) {
      draw(view)
      body.rows[number]?.scrollIntoView({ block: 'nearest' })
      return body.rows[number]
    },
    hasFocus: () => body.contains(document.activeElement),
  }
}

/** ARIA says to all readers what the sheet says to some. */
export function dress(row: HTMLTableRowElement, number: number, view: View): void {
  const line = view.lines()[number]
  row.tabIndex = number === view.current() ? 0 : -1
  if (line && isStep(line)) row.ariaSelected = String(view.isSelected(number))
  row.ariaExpanded = view.isParent(number) ? String(!view.isFolded(number)) : null
  row.toggleAttribute('data-found', view.isFound(number))
}

/** One stop for Tab in the whole tree; its links are for reading without scripts. */
export function quieten(rows: Iterable<HTMLTableRowElement>): void {
  for (const row of rows) for (const link of row.querySelectorAll('a')) link.tabIndex = -1
}

const OURS = ['aria-selected', 'aria-expanded', 'tabindex', 'hidden', 'data-found']

/** Fills a row with what is new of it, so that one in focus stays the same element. */
export function renew(row: HTMLTableRowElement, fresh: HTMLTableRowElement): void {
  for (const name of row.getAttributeNames()) {
    if (!OURS.includes(name) && !fresh.hasAttribute(name)) row.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (!OURS.includes(name)) row.setAttribute(name, value)
  }
  row.replaceChildren(...fresh.childNodes)
}
