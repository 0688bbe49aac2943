/**
 * The list of traces, made quick: local times, rows to click on, addresses without empty parts.
 *
 * @module
 */

import { arrivals, waitForFirst } from './arrivals.ts'
import { brush } from './brush.ts'
import { isForBrowser } from './clicks.ts'
import { copyButtons } from './copy.ts'
import { excludeByAlt } from './exclude.ts'
import { listKeys } from './list-keys.ts'
import { localTimes } from './times.ts'

localTimes(document)
rowClicks(document.querySelector('main'))
dates(document.querySelector('form.filters'))
copyButtons(document)
excludeByAlt()
for (const chart of document.querySelectorAll<SVGSVGElement>('svg.chart')) brush(chart)
listKeys({ show: follow() })

/** Other pages than the newest stay as they are: they are a place to go back to. */
function follow(): () => void {
  const list = document.querySelector<HTMLElement>('#list')
  if (!list) waitForFirst()
  if (!list || list.dataset.older !== undefined) return () => {}
  return arrivals(list, () => list.querySelector(':focus,:checked') !== null).show
}

function rowClicks(main: HTMLElement | null): void {
  if (!main) return
  main.dataset.ready = ''
  main.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined
    if (!target?.closest('table.traces') || target.closest('a,input') || isForBrowser(event)) return
    // Who marks text wants to copy it.
    if (getSelection()?.isCollapsed === false) return
    target.closest('tr')?.querySelector<HTMLAnchorElement>('a.open')?.click()
  })
}

/** Dates are written in the reader's time, and sent in UTC. */
function dates(form: HTMLFormElement | null): void {
  if (!form) return
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[data-utc]')]
  for (const field of fields) {
    const date = new Date(field.dataset.utc ?? '')
    if (Number.isNaN(date.getTime())) continue
    const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
    field.value = local.toISOString().slice(0, 16)
  }

  form.addEventListener('formdata', ({ formData }) => {
    for (const { name, value } of fields) {
      const date = new Date(value)
      if (!Number.isNaN(date.getTime())) formData.set(name, date.toISOString())
    }
    for (const name of new Set(formData.keys())) dropEmpty(formData, name)
  })
}

function dropEmpty(form: FormData, name: string): void {
  const kept = form.getAll(name).filter((value) => value !== '')
  form.delete(name)
  for (const value of kept) form.append(name, value)
}
