/**
 * Brings a trace up to date in place: rows keep their focus, their folds and their place.
 *
 * @module
 */

import { follow } from './follow.ts'
import { fetchFragment } from './fragment.ts'
import { names } from './line.ts'
import { idOf, type Rows } from './rows.ts'
import { localTimes } from './times.ts'

const RUNNING = '#summary[data-status="running"], #tree [data-status="running"]'

export interface Live {
  /** The id of the trace. */
  trace: string
  body: HTMLTableSectionElement
  rows: Rows
  /** Told after each look; in words, when the trace as a whole has ended. */
  updated: (change?: string) => void
}

export function keepLive({ trace, body, rows, updated }: Live): void {
  follow({
    concerns: (message) => names(message, trace),
    asks: () => document.querySelector(RUNNING) !== null,
    async look() {
      const fragment = await fetchFragment(addressOf(body))
      localTimes(fragment)
      const before = status(document)
      const after = status(fragment)
      replace('#summary', fragment)
      replace('#tree thead', fragment)
      replace('#tree .rest', fragment)
      merge(body, fragment, rows)
      updated(before === after ? undefined : `The trace has ended: ${after}`)
      return true
    },
  })
}

/** The trace, with the rows that are shown. */
function addressOf(body: HTMLTableSectionElement): string {
  const first = Number(body.rows[0]?.getAttribute('aria-rowindex') ?? 2) - 2
  return `${location.pathname.replace(/\/spans\/.*/, '')}?from=${first}`
}

function status(root: ParentNode): string | undefined {
  return root.querySelector<HTMLElement>('#summary')?.dataset.status
}

function replace(selector: string, fragment: DocumentFragment): void {
  const fresh = fragment.querySelector(selector)
  const old = document.querySelector(selector)
  const before = [...(old?.querySelectorAll('details') ?? [])]
  for (const [at, details] of [...(fresh?.querySelectorAll('details') ?? [])].entries()) {
    details.open = before[at]?.open === true
  }
  if (fresh) old?.replaceWith(fresh)
}

/** Fills the rows there are with what is new, so that a row in focus stays the same element. */
function merge(body: HTMLTableSectionElement, fragment: DocumentFragment, rows: Rows): void {
  const known = new Map(rows.all().map((row) => [key(row), row]))
  const fresh = [...fragment.querySelectorAll<HTMLTableRowElement>('tbody tr')]
  let last: HTMLTableRowElement | undefined
  for (const row of fresh) {
    const kept = known.get(key(row)) ?? row
    known.delete(key(row))
    if (kept !== row) update(kept, row)
    else row.ariaSelected = 'false'
    const next = last ? last.nextElementSibling : body.firstElementChild
    if (next !== kept) body.insertBefore(kept, next)
    last = kept
  }
  for (const gone of known.values()) gone.remove()
  rows.refresh()
}

function key(row: HTMLTableRowElement): string {
  return idOf(row) ?? row.dataset.group ?? ''
}

const OURS = ['aria-selected', 'tabindex', 'hidden']

function update(row: HTMLTableRowElement, fresh: HTMLTableRowElement): void {
  delete row.dataset.status
  for (const { name, value } of fresh.attributes) {
    const folded = name === 'aria-expanded' && row.ariaExpanded !== null
    if (!OURS.includes(name) && !folded) row.setAttribute(name, value)
  }
  row.replaceChildren(...fresh.childNodes)
}
