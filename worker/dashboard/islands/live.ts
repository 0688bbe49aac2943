/**
 * Brings a trace up to date in place: rows keep their focus, their folds and their place.
 *
 * @module
 */

import { follow } from './follow.ts'
import { fetchFragment } from './fragment.ts'
import { names } from './line.ts'
import { keyOf } from './outline.ts'
import type { Rows } from './rows.ts'
import { renew } from './sheet.ts'
import { localTimes } from './times.ts'

export interface Live {
  /** The id of the trace. */
  trace: string
  rows: Rows
  /** Fetches what there is now: at least the heading, and the rows that are shown. */
  fetch(): Promise<DocumentFragment>
  /** Puts the rows of the trace in their place. */
  take(fragment: DocumentFragment): Promise<void>
  /** Told after each look; in words, when the trace as a whole has ended. */
  updated: (change?: string) => void
}

/** Gives what looks again at once. */
export function keepLive({ trace, rows, fetch, take, updated }: Live): () => Promise<boolean> {
  async function look(): Promise<boolean> {
    const fragment = await fetch()
    localTimes(fragment)
    const before = status(document)
    const after = status(fragment)
    replace('#summary', fragment)
    replace('#tree thead', fragment)
    replace('#tree .rest', fragment)
    await take(fragment)
    updated(before === after ? undefined : `The trace has ended: ${after}`)
    return true
  }

  follow({
    concerns: (message) => names(message, trace),
    asks: () =>
      status(document) === 'running' || rows.lines().some(({ status }) => status === 'running'),
    look,
  })
  return look
}

/** The trace, with the rows from the first that is shown. */
export function fetchPart(trace: string, body: HTMLTableSectionElement): Promise<DocumentFragment> {
  const first = Number(body.rows[0]?.getAttribute('aria-rowindex') ?? 2) - 2
  return fetchFragment(`${trace}?from=${first}`)
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
export function merge(body: HTMLTableSectionElement, fresh: readonly HTMLTableRowElement[]): void {
  const known = new Map([...body.rows].map((row) => [keyOf(row), row]))
  let last: HTMLTableRowElement | undefined
  for (const row of fresh) {
    const kept = known.get(keyOf(row)) ?? row
    known.delete(keyOf(row))
    if (kept !== row) renew(kept, row)
    const next = last ? last.nextElementSibling : body.firstElementChild
    if (next !== kept) body.insertBefore(kept, next)
    last = kept
  }
  for (const gone of known.values()) gone.remove()
}
