/**
 * The rows of the tree: which are folded, which one has the focus, which are found.
 *
 * Rows are known by their numbers in the trace, and what is said of them is kept by their keys, so that
 * it outlives news. How they come to be on the page is the business of a sheet.
 *
 * @module
 */

import type { Line } from './outline.ts'

export interface Rows {
  lines(): readonly Line[]
  /** The numbers of those that are not folded away. */
  visible(): readonly number[]
  current(): number
  byKey(key: string | undefined): number | undefined
  parent(row: number): number | undefined
  isParent(row: number): boolean
  isFolded(row: number): boolean
  fold(row: number, folded: boolean): void
  foldAll(folded: boolean): void
  /** Opens what the row is folded into. */
  reveal(row: number): void
  focus(row: number): void
  /** Makes the row the one that Tab comes to. */
  settle(row: number): void
  /** Brings it into view, too. */
  show(row: number): void
  /** Marks the step that is read. */
  select(key: string | undefined): void
  mark(found: ReadonlySet<number>): void
  /** The number of a row on the page. */
  numberOf(element: HTMLTableRowElement): number | undefined
  /** Takes other lines, or the same on another sheet. */
  take(lines: readonly Line[], sheet?: Sheet): void
}

/** What there is to be seen. */
export type View = Pick<Rows, 'lines' | 'visible' | 'current' | 'isParent' | 'isFolded'> & {
  isSelected(row: number): boolean
  isFound(row: number): boolean
}

export interface Sheet {
  draw(view: View): void
  /** The element of a row, brought into view. */
  bring(row: number, view: View): HTMLTableRowElement | undefined
  hasFocus(): boolean
}

const NONE = -1

export function rowsOf(
  first: readonly Line[],
  on: Sheet,
  keyOf: (row: HTMLTableRowElement) => string,
): Rows {
  let sheet = on
  let lines = first
  let parents: number[] = []
  let isParent: boolean[] = []
  let numbers = new Map<string, number>()
  let visible: number[] = []
  let current = 0
  let selected: string | undefined
  let found: ReadonlySet<number> = new Set()
  const folded = new Set<string>()

  const key = (row: number) => lines[row]?.key ?? ''
  const byKey = (wanted: string | undefined) => numbers.get(wanted ?? '')
  const parent = (row: number) => ((parents[row] ?? NONE) < 0 ? undefined : parents[row])
  const isFolded = (row: number) => folded.has(key(row))
  const view: View = {
    lines: () => lines,
    visible: () => visible,
    current: () => current,
    isParent: (row) => isParent[row] === true,
    isFolded,
    isSelected: (row) => key(row) === selected,
    isFound: (row) => found.has(row),
  }

  function place(): void {
    parents = []
    isParent = []
    const above: number[] = []
    lines.forEach(({ level }, row) => {
      while (above.length > 0 && (lines[above.at(-1) ?? 0]?.level ?? 0) >= level) above.pop()
      const one = above.at(-1) ?? NONE
      parents.push(one)
      if (one >= 0) isParent[one] = true
      above.push(row)
    })
    numbers = new Map(lines.map((line, row) => [line.key, row]))
  }

  function hide(): void {
    visible = []
    let under = Infinity
    lines.forEach(({ level }, row) => {
      if (level > under) return
      visible.push(row)
      under = isParent[row] && isFolded(row) ? level : Infinity
    })
  }

  function isHidden(row: number): boolean {
    for (let above = parent(row); above !== undefined; above = parent(above)) {
      if (isFolded(above)) return true
    }
    return false
  }

  function settle(row: number): void {
    current = row
    sheet.draw(view)
  }

  function show(row: number): void {
    current = row
    sheet.bring(row, view)
  }

  function focus(row: number): void {
    current = row
    sheet.bring(row, view)?.focus()
  }

  function reveal(row: number): void {
    if (!isHidden(row)) return
    for (let above = parent(row); above !== undefined; above = parent(above)) {
      folded.delete(key(above))
    }
    hide()
    sheet.draw(view)
  }

  /** A row that is folded away gives the focus to what it was folded into. */
  function redraw(): void {
    // Asked before, for a browser takes the focus from what is hidden.
    const hadFocus = sheet.hasFocus()
    hide()
    while (isHidden(current)) current = parent(current) ?? 0
    if (hadFocus) focus(current)
    else sheet.draw(view)
  }

  function fold(row: number, fold: boolean): void {
    if (fold) folded.add(key(row))
    else folded.delete(key(row))
    redraw()
  }

  function foldAll(fold: boolean): void {
    folded.clear()
    if (fold) lines.forEach((line, row) => isParent[row] && folded.add(line.key))
    redraw()
  }

  function take(fresh: readonly Line[], other = sheet): void {
    const at = key(current)
    const marked = [...found].map(key)
    const isNew = other !== sheet
    sheet = other
    lines = fresh
    place()
    current = byKey(at) ?? 0
    found = new Set(marked.flatMap((one) => byKey(one) ?? []))
    hide()
    // What is drawn first is what is read.
    if (isNew) sheet.bring(current, view)
    else sheet.draw(view)
  }

  place()
  hide()
  return {
    ...view,
    byKey,
    parent,
    fold,
    foldAll,
    reveal,
    focus,
    settle,
    show,
    select(key) {
      selected = key
      sheet.draw(view)
    },
    mark(rows) {
      found = rows
      sheet.draw(view)
    },
    numberOf: (element) => byKey(keyOf(element)),
    take,
  }
}
