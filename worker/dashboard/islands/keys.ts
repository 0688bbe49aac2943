/**
 * The keyboard in the tree: the treegrid pattern, and one letter each for what readers do most.
 *
 * Keys act only while the focus is in the tree, so that they never get in the way of typing or of a
 * screen reader's own.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 * @see https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts.html
 * @module
 */

import type { Rows } from './rows.ts'

export interface KeyActions {
  /** The focus came to a row: its details may follow. */
  moved(row: number): void
  /** A row was asked for. */
  opened(row: number): void
  /** The next or previous row that is found. */
  found(step: 1 | -1): number | undefined
}

const PAGE = 10

export function keyboard(
  body: HTMLElement,
  rows: Rows,
  { moved, opened, found }: KeyActions,
): void {
  body.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const row = rows.current()
    const target = move(event.key, row)
    if (target !== undefined) {
      rows.reveal(target)
      rows.focus(target)
      moved(target)
    } else if (!act(event.key, row)) return
    event.preventDefault()
  })

  function act(key: string, row: number): boolean {
    switch (key) {
      case 'ArrowRight':
        if (rows.isParent(row)) rows.fold(row, false)
        return true
      case 'ArrowLeft':
        if (rows.isParent(row)) rows.fold(row, true)
        return true
      case '[':
      case ']':
        rows.foldAll(key === '[')
        return true
      case 'Enter':
        opened(row)
        return true
    }
    // At the end of the tree a key that moves has nowhere to go, and must not scroll instead.
    return ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp', 'j', 'k'].includes(key)
  }

  function move(key: string, row: number): number | undefined {
    const visible = rows.visible()
    const at = visible.indexOf(row)
    switch (key) {
      case 'ArrowDown':
      case 'j':
        return visible[at + 1]
      case 'ArrowUp':
      case 'k':
        return visible[at - 1]
      case 'PageDown':
        return visible[Math.min(at + PAGE, visible.length - 1)]
      case 'PageUp':
        return visible[Math.max(at - PAGE, 0)]
      case 'Home':
        return visible[0]
      case 'End':
        return visible.at(-1)
      case 'ArrowRight':
        return rows.isParent(row) && !rows.isFolded(row) ? visible[at + 1] : undefined
      case 'ArrowLeft':
        return rows.isParent(row) && !rows.isFolded(row) ? undefined : rows.parent(row)
      case 'e':
      case 'E':
        return nextError(row, key === 'e' ? 1 : -1)
      case 'n':
      case 'N':
        return found(key === 'n' ? 1 : -1)
    }
    return undefined
  }

  /** Also inside what is folded, and around the end. */
  function nextError(row: number, step: 1 | -1): number | undefined {
    const lines = rows.lines()
    for (let off = 1; off <= lines.length; off += 1) {
      const other = (row + step * off + lines.length) % lines.length
      if (lines[other]?.status === 'error') return other
    }
    return undefined
  }
}
