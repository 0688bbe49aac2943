/**
 * The rows of a long trace as elements: those that came from the server, and for others a row with
 * their name alone, which turns into the real one when it comes.
 *
 * @module
 */

import { keyOf, type Line } from './outline.ts'
import { quieten, renew } from './sheet.ts'

/** Rows that are kept; those on the page always are. */
const MAX_KEPT = 1000

/** In the stylesheet, too. Deeper steps are not moved further to the right. */
const MAX_INDENT = 12

export interface RowSource {
  /** The row, or what stands for it. */
  of(line: Line): HTMLTableRowElement
  isHere(line: Line): boolean
  take(rows: readonly HTMLTableRowElement[]): void
  /** What is not on the page has to come again. */
  forget(): void
}

export function rowSource(first: readonly HTMLTableRowElement[]): RowSource {
  /** The ones that were needed last at the end. */
  const kept = new Map<string, HTMLTableRowElement>()

  function keep(key: string, row: HTMLTableRowElement): HTMLTableRowElement {
    kept.delete(key)
    kept.set(key, row)
    return row
  }

  function trim(): void {
    for (const [key, row] of kept) {
      if (kept.size <= MAX_KEPT) return
      if (!row.isConnected) kept.delete(key)
    }
  }

  function take(rows: readonly HTMLTableRowElement[]): void {
    quieten(rows)
    for (const row of rows) {
      const key = keyOf(row)
      const known = kept.get(key)
      if (known && known !== row) renew(known, row)
      keep(key, known ?? row)
    }
    trim()
  }

  take(first)
  return {
    of: (line) => keep(line.key, kept.get(line.key) ?? stand(line)),
    isHere: ({ key }) => kept.get(key)?.ariaBusy === null,
    take,
    forget() {
      for (const [key, row] of kept) if (!row.isConnected) kept.delete(key)
    },
  }
}

function stand({ level, name }: Line): HTMLTableRowElement {
  const row = document.createElement('tr')
  const line = document.createElement('div')
  const indent = document.createElement('i')
  const text = document.createElement('span')
  row.ariaLevel = String(level)
  row.ariaBusy = 'true'
  line.className = 'line'
  indent.className = `d${Math.min(level - 1, MAX_INDENT)}`
  text.textContent = name
  line.append(indent, text)
  row.insertCell().append(line)
  return row
}
