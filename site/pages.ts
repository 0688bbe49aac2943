/**
 * Copies the pages of the project, with their pictures, to where the site is built from: what is built finds
 * its packages from the folder that it is in.
 *
 * @module
 */

import { cpSync, globSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = fileURLToPath(new URL('pages', import.meta.url))

rmSync(pages, { recursive: true, force: true })
for (const path of globSync(['*.md', 'docs/**/*.{md,png,svg}', '{bench,examples,site}/README.md'], {
  cwd: root,
}))
  cpSync(`${root}${path}`, `${pages}/${path}`)
