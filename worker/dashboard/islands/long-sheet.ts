/**
 * The rows of a trace that is too long to be on the page: those in view are there, and the one in focus.
 *
 * All rows are of one height, so which are in view is a division. Rows come from the server, as they
 * come into view and a little before.
 *
 * @module
 */

import { keyOf } from './outline.ts'
import { gap, put } from './put-rows.ts'
import { rowSource } from './row-source.ts'
import type { Sheet, View } from './rows.ts'
import { dress } from './sheet.ts'

/** Rows drawn beyond those in view, and how near their end may come before more are drawn. */
const MARGIN = 12
const LEAST_MARGIN = 4

/** Rows have to be there when they are this near to those drawn; others this near are asked for with them. */
const NEAR = 30
const AHEAD = 60
const MAX_ASKED = 200

export interface LongSheet extends Sheet {
  /** The keys of the rows on the page. */
  drawn(): Set<string>
  /** Takes these rows, made anew; all others are asked for again when they come into view. */
  renew(rows: readonly HTMLTableRowElement[]): void
  /** Keeps the place of what is read, whatever comes before it; to be called when it has come. */
  hold(): () => void
}

export interface Asked {
  /** The rows of these numbers. */
  rows(numbers: readonly number[]): Promise<HTMLTableRowElement[]>
  /** The server has other rows than it had. */
  isStale(): void
}

export function longSheet(
  table: HTMLTableElement,
  body: HTMLTableSectionElement,
  asked: Asked,
): LongSheet {
  const scroller = table.parentElement ?? document.documentElement
  const source = rowSource([...body.rows])
  const px = body.rows[0]?.getBoundingClientRect().height ?? 0
  let view: View | undefined
  let drawnOf: readonly number[] | undefined
  let from = 0
  let to = 0
  let isAsking = false
  let news = 0

  const lineAt = (place: number) => view?.lines()[view.visible()[place] ?? -1]
  const room = () => scroller.clientHeight - (table.tHead?.offsetHeight ?? 0)

  /** The place of the first row in view, and the one after the last. */
  function inView(total: number): [first: number, end: number] {
    const many = Math.ceil(room() / px) + 1
    const first = Math.min(Math.floor(scroller.scrollTop / px), Math.max(total - many, 0))
    return [first, Math.min(first + many, total)]
  }

  function lay(): void {
    place()
    void fill()
  }

  function place(): void {
    if (!view) return
    const visible = view.visible()
    const [first, end] = inView(visible.length)
    from = Math.max(first - MARGIN, 0)
    to = Math.min(end + MARGIN, visible.length)
    drawnOf = visible

    const rows: HTMLTableRowElement[] = []
    let next = 0
    for (const at of places(visible.indexOf(view.current()))) {
      const line = lineAt(at)
      if (!line) continue
      if (at > next) rows.push(gap((at - next) * px))
      const row = source.of(line)
      const number = visible[at] ?? 0
      row.setAttribute('aria-rowindex', String(number + 2))
      dress(row, number, view)
      rows.push(row)
      next = at + 1
    }
    if (next < visible.length) rows.push(gap((visible.length - next) * px))
    put(body, rows)
  }

  /** The row in focus is never taken away, however far off it is. */
  function places(current: number): number[] {
    const drawn = Array.from({ length: to - from }, (_, index) => from + index)
    if (current >= 0 && current < from) return [current, ...drawn]
    return current >= to ? [...drawn, current] : drawn
  }

  function missing(margin: number): number[] {
    if (!view) return []
    const visible = view.visible()
    const isMissing = (place: number) => {
      const line = lineAt(place)
      return line !== undefined && !source.isHere(line)
    }
    const near = [...places(visible.indexOf(view.current()))]
    for (let off = 0; off < margin; off += 1) near.push(to + off, from - 1 - off)
    return near
      .filter(isMissing)
      .slice(0, MAX_ASKED)
      .flatMap((place) => visible[place] ?? [])
      .toSorted((one, other) => one - other)
  }

  async function fill(): Promise<void> {
    if (isAsking || missing(NEAR).length === 0) return
    isAsking = true
    const numbers = missing(AHEAD)
    const lines = numbers.flatMap((number) => view?.lines()[number] ?? [])
    const before = news
    // Where nobody answers, the names stand there until somebody scrolls on.
    const rows = await asked.rows(numbers).catch(() => undefined)
    isAsking = false
    if (before !== news) return fill()
    if (!rows) return
    source.take(rows)
    place()
    if (lines.every(source.isHere)) return fill()
    asked.isStale()
  }

  function onScroll(): void {
    const total = view?.visible().length ?? 0
    const [first, end] = inView(total)
    if (
      first - from < Math.min(LEAST_MARGIN, first) ||
      to - end < Math.min(LEAST_MARGIN, total - end)
    ) {
      lay()
    }
  }

  scroller.addEventListener('scroll', onScroll, { passive: true })
  addEventListener('resize', lay)

  return {
    draw(next) {
      view = next
      lay()
    },
    bring(number, next) {
      view = next
      const visible = next.visible()
      if (drawnOf !== visible) place() // there may have been less to scroll
      const top = visible.indexOf(number) * px
      const height = room()
      const { scrollTop } = scroller
      const isAbove = top < scrollTop
      if (isAbove || top + px > scrollTop + height) {
        const isFar = Math.abs(top - scrollTop) > 2 * height
        scroller.scrollTop = isFar ? top - height / 2 : isAbove ? top : top + px - height
      }
      lay()
      const line = next.lines()[number]
      return line && source.of(line)
    },
    hasFocus: () => body.contains(document.activeElement),
    drawn: () => new Set([...body.rows].map(keyOf)),
    renew(rows) {
      news += 1
      source.forget()
      source.take(rows)
    },
    hold() {
      const { scrollTop } = scroller
      const first = Math.floor(scrollTop / px)
      const key = lineAt(first)?.key
      return () => {
        const place =
          view?.visible().findIndex((number) => view?.lines()[number]?.key === key) ?? -1
        if (scrollTop === 0 || place < 0) return
        scroller.scrollTop = scrollTop + (place - first) * px
        lay()
      }
    },
  }
}
