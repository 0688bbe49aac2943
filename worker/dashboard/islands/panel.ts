/**
 * The details beside the tree: fetched when a step is chosen, with the address kept in step.
 *
 * @module
 */

import { isForBrowser } from './clicks.ts'
import { copyButtons } from './copy.ts'
import { fetchFragment } from './fragment.ts'
import { localTimes } from './times.ts'

export interface Panel {
  /** Shows a step, and names it in the address: as a step back in history, or in place. */
  show(address: string, history: 'push' | 'replace' | 'keep'): Promise<void>
  /** The id of the record that is shown. */
  shown(): string | undefined
  status(): string | undefined
  focus(): void
}

export function panelOf(element: HTMLElement, news: HTMLElement): Panel {
  let underway: AbortController | undefined
  const step = () => element.querySelector<HTMLElement>('.step')

  async function show(address: string, mode: 'push' | 'replace' | 'keep'): Promise<void> {
    underway?.abort()
    const request = new AbortController()
    underway = request
    element.ariaBusy = 'true'
    if (mode === 'push' && address !== location.pathname + location.search) {
      history.pushState(null, '', address)
    } else if (mode !== 'keep') history.replaceState(null, '', address)

    try {
      const fragment = await fetchFragment(address, request.signal)
      localTimes(fragment)
      copyButtons(fragment)
      const same = fragment.querySelector<HTMLElement>('.step')?.dataset.id === step()?.dataset.id
      element.replaceChildren(fragment)
      if (!same) element.scrollTop = 0
      news.textContent = `${element.querySelector('h2')?.textContent ?? 'Step'} is shown`
    } catch {
      // A later choice took over: it says what is shown.
      if (request.signal.aborted) return
      element.replaceChildren(apology(address))
      news.textContent = 'The step could not be read'
    } finally {
      if (underway === request) element.ariaBusy = null
    }
  }

  element.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-panel]') : null
    if (!(link instanceof HTMLAnchorElement) || isForBrowser(event)) return
    event.preventDefault()
    const label = link.textContent
    void show(link.pathname + link.search, 'push').then(() => {
      // The link was replaced by its like; the focus stays where the reader left it.
      const links = [...element.querySelectorAll<HTMLElement>('a[data-panel]')]
      links.find((other) => other.textContent === label)?.focus({ preventScroll: true })
    })
  })

  return {
    show,
    shown: () => step()?.dataset.id,
    status: () => step()?.dataset.status,
    focus() {
      element.scrollIntoView({ block: 'nearest' })
      element.querySelector<HTMLElement>('h2')?.focus()
    },
  }
}

function apology(address: string): HTMLElement {
  const text = document.createElement('p')
  const again = document.createElement('a')
  again.href = address
  again.textContent = 'Try again'
  text.append('This step could not be read. ', again)
  return text
}
