/**
 * Traces that arrive while the list is open. What is being read never moves: rows are added by
 * themselves at the top of the page alone, with nothing in use; else a button counts them.
 *
 * @module
 */

import { follow } from './follow.ts'
import { fetchFragment } from './fragment.ts'
import { localTimes } from './times.ts'

/** From here on the list begins anew with its first page. */
const MAX_ROWS = 300
/** A screen reader is told of a number this often at most. */
const SAY_MS = 5000
const TOP_PX = 40

export interface Arrivals {
  /** Shows those that wait. */
  show(): void
}

/** @param inUse Whether a row is. */
export function arrivals(list: HTMLElement, inUse: () => boolean): Arrivals {
  const pill = document.createElement('button')
  pill.type = 'button'
  pill.className = 'pill'
  pill.hidden = true
  pill.addEventListener('click', show)
  list.closest('.found')?.before(pill)
  const say = announcer()
  let waiting: DocumentFragment | undefined

  async function look(): Promise<boolean> {
    const fragment = await fetchFragment(location.pathname + location.search)
    localTimes(fragment)
    if (isFree()) return put(fragment)
    const fresh = rowsIn(fragment)
    const known = byAddress(list)
    const added = fresh.filter((row) => !known.has(addressOf(row))).length
    if (added > 0) {
      waiting = fragment
      const words = `${added}${added === fresh.length ? '+' : ''} new ${added === 1 ? 'trace' : 'traces'}`
      pill.textContent = `${words}: show`
      pill.hidden = false
      say(words)
    }
    // What is there already is brought up to date where it stands.
    return fresh.filter((row) => fill(known.get(addressOf(row)), row.cloneNode(true))).length > 0
  }

  function isFree(): boolean {
    return scrollY < TOP_PX && !inUse() && getSelection()?.isCollapsed !== false
  }

  function show(): void {
    if (!waiting) return
    scrollTo({ top: 0 })
    put(waiting)
    list.querySelector<HTMLElement>('a.open')?.focus({ preventScroll: true })
  }

  /** Makes the list what the fragment says, with rows that are further down after it. */
  function put(fragment: DocumentFragment): boolean {
    waiting = undefined
    pill.hidden = true
    const part = fragment.querySelector('#list')
    const body = list.querySelector('tbody')
    const fresh = rowsIn(fragment)
    const known = byAddress(list)
    const last = fresh.findLast((row) => known.has(addressOf(row)))
    const isWhole = fragment.querySelector('[rel=next]') === null
    if (!part) return false
    if (!body || !last || known.size > MAX_ROWS) {
      const isNew = list.textContent !== part.textContent
      if (isNew) list.replaceChildren(...part.childNodes)
      return isNew
    }
    const end = isWhole ? null : (known.get(addressOf(last))?.nextElementSibling ?? null)
    const shown = new Set(fresh.map(addressOf))
    for (const row of known.values()) {
      if (row === end) break
      if (!shown.has(addressOf(row))) row.remove()
    }
    let isNew = false
    for (const row of fresh) {
      const there = known.get(addressOf(row))
      isNew = there ? fill(there, row) || isNew : true
      body.insertBefore(there ?? row, end)
    }
    if (end === null) {
      // The page is what the fragment says and no more, so the way on is the same.
      list.querySelector('.pager')?.remove()
      list.append(...part.querySelectorAll('.pager'))
    }
    return isNew
  }

  follow({
    look,
    concerns: () => true,
    asks: () => true,
    state(isLive) {
      const mark = document.querySelector<HTMLElement>('#live')
      if (!mark) return
      mark.hidden = !isLive
    },
  })
  return { show }
}

/** A welcome turns into the list. */
export function waitForFirst(): void {
  follow({
    async look() {
      const fragment = await fetchFragment(location.pathname + location.search)
      if (rowsIn(fragment).length > 0) location.reload()
      return false
    },
    concerns: () => true,
    asks: () => true,
  })
}

function rowsIn(root: ParentNode): HTMLTableRowElement[] {
  return [...root.querySelectorAll<HTMLTableRowElement>('table.traces tbody tr')]
}

function byAddress(list: HTMLElement): Map<string, HTMLTableRowElement> {
  return new Map(rowsIn(list).map((row) => [addressOf(row), row]))
}

function addressOf(row: HTMLTableRowElement): string {
  return row.querySelector('a.open')?.getAttribute('href') ?? ''
}

/** Whether there was anything to change. A row stays the same element, with its focus. */
function fill(row: HTMLTableRowElement | undefined, fresh: Node): boolean {
  // One that is selected stays so: what changed in it is read when it is opened.
  if (!row || row.querySelector(':checked') || row.textContent === fresh.textContent) return false
  const held = row.contains(document.activeElement)
  row.replaceChildren(...fresh.childNodes)
  if (held) row.querySelector<HTMLElement>('a.open')?.focus({ preventScroll: true })
  return true
}

function announcer(): (words: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = ''
  const news = document.querySelector('#news')
  return (words) => {
    latest = words
    timer ??= setTimeout(() => {
      timer = undefined
      if (news) news.textContent = latest
    }, SAY_MS)
  }
}
