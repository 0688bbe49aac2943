/**
 * Builds the stylesheet and the scripts once, before any test visits a page.
 *
 * @module
 */

import { buildAssets } from '../../../scripts/assets.ts'

export async function setup(): Promise<void> {
  await buildAssets()
}
