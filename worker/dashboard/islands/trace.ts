/**
 * The trace page, made quick: folding, keys, details without a reload, and news while it runs.
 *
 * @module
 */

import { isForBrowser } from './clicks.ts'
import { copyButtons } from './copy.ts'
import { keyboard } from './keys.ts'
import { keepLive } from './live.ts'
import { neighbourKeys } from './neighbours.ts'
import { panelOf } from './panel.ts'
import { idOf, isFolded, isParent, rowsOf } from './rows.ts'
import { localTimes } from './times.ts'

/** Long enough to pass over a row without asking for it. */
const REST_MS = 120

const tree = document.querySelector<HTMLElement>('#tree')
const body = tree?.querySelector('tbody')
const aside = document.querySelector<HTMLElement>('#panel')
const news = document.querySelector<HTMLElement>('#news')

localTimes(document)
copyButtons(document)
neighbourKeys()
if (tree && body && aside && news) enhance(tree, body, aside, news)

function enhance(
  tree: HTMLElement,
  body: HTMLTableSectionElement,
  aside: HTMLElement,
  news: HTMLElement,
): void {
  const rows = rowsOf(body)
  const panel = panelOf(aside, news)
  let rest: ReturnType<typeof setTimeout> | undefined

  function mark(id: string | undefined): void {
    for (const row of rows.all()) {
      const one = idOf(row)
      if (one !== undefined) row.ariaSelected = String(one === id)
    }
  }

  async function select(row: HTMLTableRowElement, history: 'push' | 'replace'): Promise<void> {
    clearTimeout(rest)
    const address = addressOf(row)
    if (!address) return
    mark(idOf(row))
    await panel.show(address, history)
  }

  keyboard(body, rows, {
    moved(row) {
      clearTimeout(rest)
      rest = setTimeout(() => void select(row, 'replace'), REST_MS)
    },
    opened(row) {
      if (idOf(row) === undefined) return rows.fold(row, !isFolded(row))
      void select(row, 'push').then(panel.focus)
    },
  })

  body.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined
    const row = target?.closest('tr')
    if (!row || isForBrowser(event)) return
    event.preventDefault()
    if (isParent(row) && (target?.closest('.twisty') || idOf(row) === undefined)) {
      rows.fold(row, !isFolded(row))
      return rows.settle(row)
    }
    rows.focus(row)
    void select(row, 'push').then(() => {
      if (isStacked(tree, aside)) aside.scrollIntoView()
    })
  })

  aside.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') rows.focus(rows.current())
  })

  addEventListener('popstate', () => {
    const id = /\/spans\/([^/]+)$/.exec(location.pathname)?.[1]
    const row = id === undefined ? rows.all()[0] : rows.byId(id)
    if (!row) return location.reload()
    mark(idOf(row))
    rows.reveal(row)
    rows.settle(row)
    void panel.show(addressOf(row) ?? location.href, 'keep')
  })

  rows.refresh()
  rows.settle(rows.byId(panel.shown() ?? ''))
  tree.dataset.ready = ''
  document.querySelector('.keys')?.removeAttribute('hidden')

  keepLive({
    trace: tree.closest<HTMLElement>('[data-trace]')?.dataset.trace ?? '',
    body,
    rows,
    updated(change) {
      if (change) news.textContent = change
      const row = rows.byId(panel.shown() ?? '')
      if (!row || (row.dataset.status ?? 'success') === panel.status()) return
      void panel.show(addressOf(row) ?? location.href, 'keep')
    },
  })
}

/** The step's page, in the view that is being read, of the search that the trace was opened from. */
function addressOf(row: HTMLTableRowElement): string | undefined {
  const link = row.querySelector('a')
  const kept = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === 'view' || name === 'in') kept.append(name, value)
  }
  return link ? link.pathname + (kept.size > 0 ? `?${kept}` : '') : undefined
}

function isStacked(tree: HTMLElement, aside: HTMLElement): boolean {
  return aside.getBoundingClientRect().top >= tree.getBoundingClientRect().bottom
}
