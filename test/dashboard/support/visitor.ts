/**
 * A visitor who notices everything that must not happen on a page: errors, reports of the content
 * policy, dialogs, requests to anyone else.
 *
 * @module
 */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

export interface Visitor extends AsyncDisposable {
  page: Page
  /** What must not have happened, in the order it did. */
  complaints: string[]
}

export async function visitor(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 800 },
    timezoneId: 'UTC',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const complaints: string[] = []

  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && url.protocol !== 'data:') complaints.push(`request: ${url}`)
  })
  await page.exposeFunction('complain', (text: string) => complaints.push(text))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const complain: unknown = Reflect.get(window, 'complain')
      if (typeof complain === 'function') complain(`policy: ${event.violatedDirective}`)
    })
  })
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}
