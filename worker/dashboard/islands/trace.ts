/**
 * The trace page, made quick: folding, keys, details without a reload, and news while it runs.
 *
 * @module
 */

import { isForBrowser } from './clicks.ts'
import { copyButtons } from './copy.ts'
import { findIn } from './find.ts'
import { keyboard } from './keys.ts'
import { keepLive } from './live.ts'
import { isStep } from './outline.ts'
import { neighbourKeys } from './neighbours.ts'
import { panelOf } from './panel.ts'
import { stepsOf } from './steps.ts'
import { localTimes } from './times.ts'

/** Long enough to pass over a row without asking for it. */
const REST_MS = 120

/** How often the trace may be read again because a row was not where it was. */
const STALE_MS = 2000

const tree = document.querySelector<HTMLElement>('#tree')
const table = tree?.querySelector('table')
const body = table?.tBodies[0]
const aside = document.querySelector<HTMLElement>('#panel')
const news = document.querySelector<HTMLElement>('#news')

localTimes(document)
copyButtons(document)
neighbourKeys()
if (tree && table && body && aside && news) void enhance(tree, table, body, aside, news)

async function enhance(
  tree: HTMLElement,
  table: HTMLTableElement,
  body: HTMLTableSectionElement,
  aside: HTMLElement,
  news: HTMLElement,
): Promise<void> {
  const id = tree.closest<HTMLElement>('[data-trace]')?.dataset.trace ?? ''
  const trace = `/traces/${encodeURIComponent(id)}`
  const panel = panelOf(aside, news)
  const { rows, ready, fetch, take } = stepsOf({ trace, tree, table, body, isStale })
  const find = findIn(tree, rows, moved)
  let rest: ReturnType<typeof setTimeout> | undefined
  let look: (() => Promise<boolean>) | undefined
  let staleMs = 0

  const keyAt = (row: number) => rows.lines()[row]?.key
  const rowOf = (target: EventTarget | null) => {
    const row = target instanceof Element ? target.closest('tr') : null
    return row ? rows.numberOf(row) : undefined
  }
  const isHeading = (row: number) => addressOf(row) === undefined

  /** The step's page, in the view that is being read. */
  function addressOf(row: number): string | undefined {
    const line = rows.lines()[row]
    return line && isStep(line)
      ? `${trace}/spans/${encodeURIComponent(line.key)}${keptQuery()}`
      : undefined
  }

  async function select(row: number, history: 'push' | 'replace'): Promise<void> {
    clearTimeout(rest)
    const address = addressOf(row)
    if (address === undefined) return
    rows.select(keyAt(row))
    await panel.show(address, history)
  }

  function moved(row: number): void {
    clearTimeout(rest)
    rest = setTimeout(() => void select(row, 'replace'), REST_MS)
  }

  /** Asks once in a while, should the server never tell what it shows. */
  function isStale(): void {
    if (performance.now() - staleMs < STALE_MS) return
    staleMs = performance.now()
    void look?.().catch(() => undefined)
  }

  keyboard(body, rows, {
    moved,
    opened(row) {
      if (isHeading(row)) return rows.fold(row, !rows.isFolded(row))
      void select(row, 'push').then(panel.focus)
    },
    found: find.step,
  })

  // A reader may have brought the focus to a row by means of its own.
  body.addEventListener('focusin', ({ target }) => {
    const row = rowOf(target)
    if (row !== undefined && row !== rows.current()) rows.settle(row)
  })

  body.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined
    const row = rowOf(event.target)
    if (row === undefined || isForBrowser(event)) return
    event.preventDefault()
    if (rows.isParent(row) && (target?.closest('.twisty') || isHeading(row))) {
      rows.fold(row, !rows.isFolded(row))
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
    const row = id === undefined ? 0 : rows.byKey(id)
    if (row === undefined) return location.reload()
    rows.select(keyAt(row))
    rows.reveal(row)
    rows.show(row)
    void panel.show(addressOf(row) ?? location.href, 'keep')
  })

  rows.select(panel.shown())
  rows.settle(rows.byKey(panel.shown()) ?? 0)
  await ready
  find.again()
  tree.dataset.ready = ''
  document.querySelector('.keys')?.removeAttribute('hidden')

  look = keepLive({
    trace: id,
    rows,
    fetch,
    take,
    updated(change) {
      if (change) news.textContent = change
      find.again()
      const row = rows.byKey(panel.shown())
      if (row === undefined || rows.lines()[row]?.status === panel.status()) return
      void panel.show(addressOf(row) ?? location.href, 'keep')
    },
  })
}

/** What stays in the address from step to step. */
function keptQuery(): string {
  const asked = new URLSearchParams(location.search)
  const kept = [...asked].filter(([name]) => ['view', 'find', 'in'].includes(name))
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''
}

function isStacked(tree: HTMLElement, aside: HTMLElement): boolean {
  return aside.getBoundingClientRect().top >= tree.getBoundingClientRect().bottom
}
