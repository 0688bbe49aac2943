/**
 * Finds steps while somebody types: marks them, counts them and goes from one to the next.
 *
 * The same steps as the server finds, by `find-steps.ts` of the dashboard.
 *
 * @see https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts.html
 * @module
 */

import { OFF } from './list-keys.ts'
import { isStep, type Line } from './outline.ts'
import type { Rows } from './rows.ts'

export interface Find {
  /** The row that is found next, after the current one and around the end; counted as such. */
  step(by: 1 | -1): number | undefined
  /** To be called after other lines were taken. */
  again(): void
}

const COUNT = new Intl.NumberFormat('en-US')

/** @param moved Told of the row that was brought into view. */
export function findIn(tree: HTMLElement, rows: Rows, moved: (row: number) => void): Find {
  const form = tree.querySelector('form')
  const box = tree.querySelector<HTMLInputElement>('#find')
  const told = tree.querySelector('output')
  let of: readonly Line[] | undefined
  let texts: string[] = []
  let found: number[] = []
  /** Where the reader was before this search. */
  let start = 0

  /** Read once: there are many, and they are looked at with every letter. */
  function read(): void {
    if (of === rows.lines()) return
    of = rows.lines()
    texts = of.map((line) =>
      isStep(line) ? [line.name, line.model, line.kind, line.status].join('\n').toLowerCase() : '',
    )
  }

  function wanted(): string {
    return (box?.value ?? '').replace(/\s+/g, ' ').trim().toLowerCase()
  }

  function again(): void {
    const text = wanted()
    read()
    found = text === '' ? [] : texts.flatMap((one, row) => (one.includes(text) ? [row] : []))
    rows.mark(new Set(found))
    tell()
  }

  function tell(): void {
    if (!told) return
    const at = found.indexOf(rows.current()) + 1
    const many = COUNT.format(found.length)
    if (wanted() === '') told.textContent = ''
    else if (found.length === 0) told.textContent = 'none found'
    else told.textContent = at > 0 ? `${COUNT.format(at)} of ${many} found` : `${many} found`
  }

  function next(by: 1 | -1, from: number): number | undefined {
    return by === 1
      ? (found.find((row) => row >= from) ?? found[0])
      : (found.findLast((row) => row <= from) ?? found.at(-1))
  }

  function bring(row: number | undefined): void {
    if (row === undefined) return
    rows.reveal(row)
    rows.show(row)
    tell()
    moved(row)
  }

  form?.addEventListener('submit', (event) => event.preventDefault())
  form?.querySelector('.further')?.remove()
  box?.addEventListener('input', () => {
    again()
    keepInAddress(wanted())
    bring(next(1, start))
  })
  box?.addEventListener('focus', () => (start = rows.current()))
  form?.querySelector('button')?.addEventListener('click', () => bring(next(1, rows.current() + 1)))
  box?.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') {
      const by = event.shiftKey ? -1 : 1
      bring(next(by, rows.current() + by))
      start = rows.current()
    } else if (event.key === 'Escape') rows.focus(rows.current())
    else return
    event.preventDefault()
  })

  addEventListener('keydown', (event) => {
    const { target, key } = event
    if (key !== '/' || event.altKey || event.ctrlKey || event.metaKey) return
    if (target instanceof Element && target.closest('input,select,textarea')) return
    if (localStorage.getItem(OFF) !== null) return
    event.preventDefault()
    box?.focus()
    box?.select()
  })

  return {
    step(by) {
      const row = next(by, rows.current() + by)
      // Said after the row has the focus.
      queueMicrotask(tell)
      return row
    },
    again,
  }
}

function keepInAddress(text: string): void {
  const url = new URL(location.href)
  if (text) url.searchParams.set('find', text)
  else url.searchParams.delete('find')
  history.replaceState(null, '', url)
}
