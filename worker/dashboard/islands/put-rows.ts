/**
 * Changes which rows are on the page, and what takes the room of the others.
 *
 * @module
 */

/** Stands for rows that are out of view. A drawing, for the pages have no inline styles. */
export function gap(px: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  const space = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  space.setAttribute('height', String(px))
  row.className = 'gap'
  row.ariaHidden = 'true'
  row.insertCell().append(space)
  return row
}

/** Puts rows on the page. Those that stay are not touched: one that is moved loses the focus. */
export function put(body: HTMLTableSectionElement, rows: readonly HTMLTableRowElement[]): void {
  const stays = new Set(rows)
  for (const row of [...body.rows].filter((row) => !stays.has(row))) row.remove()
  let next = body.firstElementChild
  for (const row of rows) {
    if (row === next) next = next.nextElementSibling
    else body.insertBefore(row, next)
  }
}
