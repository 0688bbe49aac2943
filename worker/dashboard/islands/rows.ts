/**
 * The rows of the tree: which are folded, which one has the focus.
 *
 * The state is in the rows' ARIA attributes and nowhere else, so that it is what a reader is told.
 *
 * @module
 */

export interface Rows {
  all(): HTMLTableRowElement[]
  visible(): HTMLTableRowElement[]
  current(): HTMLTableRowElement | undefined
  byId(id: string): HTMLTableRowElement | undefined
  parent(row: HTMLTableRowElement): HTMLTableRowElement | undefined
  fold(row: HTMLTableRowElement, folded: boolean): void
  foldAll(folded: boolean): void
  /** Opens what the row is folded into. */
  reveal(row: HTMLTableRowElement): void
  focus(row: HTMLTableRowElement | undefined): void
  /** Makes the row the one that Tab comes to. */
  settle(row: HTMLTableRowElement | undefined): void
  /** To be called after rows were replaced. */
  refresh(): void
}

export function rowsOf(body: HTMLTableSectionElement): Rows {
  const all = () => [...body.rows]
  const visible = () => all().filter((row) => !row.hidden)
  const current = () => all().find((row) => row.tabIndex === 0)
  const byId = (id: string) => all().find((row) => idOf(row) === id)

  function parent(row: HTMLTableRowElement): HTMLTableRowElement | undefined {
    const level = levelOf(row)
    let before = row.previousElementSibling
    while (before instanceof HTMLTableRowElement && levelOf(before) >= level) {
      before = before.previousElementSibling
    }
    return before instanceof HTMLTableRowElement ? before : undefined
  }

  function hide(): void {
    let folded = Infinity
    for (const row of body.rows) {
      const level = levelOf(row)
      if (level <= folded) folded = Infinity
      row.hidden = level > folded
      if (!row.hidden && isFolded(row)) folded = level
    }
  }

  function settle(row: HTMLTableRowElement | undefined): void {
    if (!row) return
    for (const other of body.rows) other.tabIndex = -1
    row.tabIndex = 0
  }

  function focus(row: HTMLTableRowElement | undefined): void {
    if (!row) return
    settle(row)
    row.focus()
  }

  function reveal(row: HTMLTableRowElement): void {
    for (let above = parent(row); above; above = parent(above)) setFolded(above, false)
    hide()
  }

  /** A row that is folded away gives the focus to what it was folded into. */
  function hideKeepingFocus(): void {
    // Asked before, for a browser takes the focus from what is hidden.
    const hadFocus = body.contains(document.activeElement)
    hide()
    let row = current()
    while (row?.hidden) row = parent(row)
    if (hadFocus) focus(row)
    else settle(row)
  }

  function fold(row: HTMLTableRowElement, folded: boolean): void {
    setFolded(row, folded)
    hideKeepingFocus()
  }

  function foldAll(folded: boolean): void {
    for (const row of body.rows) setFolded(row, folded)
    hideKeepingFocus()
  }

  function refresh(): void {
    // One stop for Tab in the whole tree; its links are for reading without scripts.
    for (const link of body.querySelectorAll('a')) link.tabIndex = -1
    hide()
    settle(current() ?? visible()[0])
  }

  return { all, visible, current, byId, parent, fold, foldAll, reveal, focus, settle, refresh }
}

/** The id of the step's record: the end of its address. None for a heading. */
export function idOf(row: HTMLTableRowElement): string | undefined {
  // As it is written: in a fragment that is not yet on the page, an address has no base.
  const [path] = row.querySelector('a')?.getAttribute('href')?.split('?') ?? []
  return path?.split('/').at(-1)
}

export function levelOf(row: HTMLTableRowElement): number {
  return Number(row.ariaLevel ?? 1)
}

export function isFolded(row: HTMLTableRowElement): boolean {
  return row.ariaExpanded === 'false'
}

export function isParent(row: HTMLTableRowElement): boolean {
  return row.ariaExpanded !== null
}

function setFolded(row: HTMLTableRowElement, folded: boolean): void {
  if (isParent(row)) row.ariaExpanded = String(!folded)
}
