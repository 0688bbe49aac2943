/**
 * Builds what pages load: one stylesheet and one script per page that has one.
 *
 * `npx node scripts/assets.ts` writes `dist/public/assets` and prints how much travels.
 *
 * @module
 */

import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const SOURCE = new URL('../worker/dashboard/', import.meta.url)
const TARGET = new URL('../dist/public/assets/', import.meta.url)
const ENTRIES = [
  'dashboard.css',
  'styles/overview.css',
  'styles/sessions.css',
  'styles/settings.css',
  'islands/list.ts',
  'islands/trace.ts',
]

/** Gives the size of each file after gzip, by its name. */
export async function buildAssets(): Promise<Map<string, number>> {
  await mkdir(TARGET, { recursive: true })
  const { metafile } = await build({
    entryPoints: ENTRIES.map((entry) => fileURLToPath(new URL(entry, SOURCE))),
    outdir: fileURLToPath(TARGET),
    entryNames: '[name]',
    bundle: true,
    minify: true,
    format: 'esm',
    // The oldest that know `light-dark()`, which the stylesheet is written with.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const names = Object.keys(metafile.outputs).map((path) => basename(path))
  await removeAllBut(names)
  const sizes = new Map<string, number>()
  for (const name of names.toSorted()) {
    sizes.set(name, gzipSync(await readFile(new URL(name, TARGET))).length)
  }
  return sizes
}

/** What an earlier build left. Afterwards, so that a server that is running misses nothing. */
async function removeAllBut(names: readonly string[]): Promise<void> {
  const stale = (await readdir(TARGET)).filter((name) => !names.includes(name))
  for (const name of stale) await rm(new URL(name, TARGET))
}

if (import.meta.main) {
  for (const [name, bytes] of await buildAssets()) console.log(`${name} ${bytes} bytes gzipped`)
}
