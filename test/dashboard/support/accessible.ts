/**
 * What axe-core finds on a page, in its own words.
 *
 * @module
 */

import axe from 'axe-core'
import type { Page } from 'playwright-core'

export async function seriousIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations }: axe.AxeResults = await Reflect.get(globalThis, 'axe').run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}
