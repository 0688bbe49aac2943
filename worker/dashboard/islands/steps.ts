/**
 * The steps of the trace on this page: there whole, or of a long trace those in view.
 *
 * A trace that grows long while it is read is drawn as one from then on. Where its outline cannot be
 * had, the part that is on the page remains.
 *
 * @module
 */

import { fetchPart, merge } from './live.ts'
import { fetchRows, rowsIn } from './long.ts'
import { type LongSheet, longSheet } from './long-sheet.ts'
import { fetchOutline, keyOf, linesOf, type Outline } from './outline.ts'
import { type Rows, rowsOf } from './rows.ts'
import { quieten, wholeSheet } from './sheet.ts'

export interface Steps {
  rows: Rows
  /** When all of them can be reached. */
  ready: Promise<void>
  /** What there is now of the heading and the rows that are shown. */
  fetch(): Promise<DocumentFragment>
  take(fragment: DocumentFragment): Promise<void>
}

export interface Place {
  /** The address of the trace. */
  trace: string
  tree: HTMLElement
  table: HTMLTableElement
  body: HTMLTableSectionElement
  /** The server has other rows than it had. */
  isStale(): void
}

export function stepsOf({ trace, tree, table, body, isStale }: Place): Steps {
  quieten(body.rows)
  const rows = rowsOf(linesOf(body), wholeSheet(body), keyOf)
  let outline: Outline | undefined
  let fresh: Outline | undefined
  let long: LongSheet | undefined

  const addressIn = (root: ParentNode) => root.querySelector<HTMLElement>('#tree')?.dataset.outline

  async function lengthen(address: string): Promise<void> {
    const first = await fetchOutline(address)
    outline = first
    const ask = (numbers: readonly number[]) => fetchRows(trace, numbers, outline ?? first)
    long = longSheet(table, body, {
      rows: async (numbers) => rowsIn(await ask(numbers)),
      isStale,
    })
    tree.dataset.outline = address
    tree.dataset.long = ''
    rows.take(first.lines, long)
  }

  /** Of a long trace the rows that are on the page, wherever they are by now. */
  async function fetch(): Promise<DocumentFragment> {
    const address = tree.dataset.outline
    if (!long || !address) return fetchPart(trace, body)
    fresh = await fetchOutline(address)
    const drawn = long.drawn()
    const numbers = fresh.lines.flatMap(({ key }, row) => (drawn.has(key) ? [row] : []))
    return fetchRows(trace, numbers, fresh)
  }

  async function take(fragment: DocumentFragment): Promise<void> {
    if (long && fresh) {
      const back = long.hold()
      outline = fresh
      long.renew(rowsIn(fragment))
      table.setAttribute('aria-rowcount', String(outline.lines.length + 1))
      rows.take(outline.lines)
      return back()
    }
    const address = addressIn(fragment)
    if (address !== undefined) await lengthen(address).catch(() => undefined)
    if (long) return take(await fetch())
    merge(body, rowsIn(fragment))
    quieten(body.rows)
    rows.take(linesOf(body))
  }

  const address = addressIn(document)
  const ready = address === undefined ? Promise.resolve() : lengthen(address).catch(() => undefined)
  return { rows, ready, fetch, take }
}
