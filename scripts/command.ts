/**
 * Builds the command `carrot`: the collector and all that it is made of, in files of its own, so that the
 * package needs nothing more for it.
 *
 * `npx node scripts/command.ts` writes `dist/command`.
 *
 * @module
 */

import { readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))
const { version } = JSON.parse(await readFile(path('package.json'), 'utf8'))

await rm(path('dist/command'), { recursive: true, force: true })
await build({
  entryPoints: [path('worker/command/carrot.ts')],
  outdir: path('dist/command'),
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  format: 'esm',
  platform: 'node',
  target: 'node20', // says there that it needs a newer one
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  chunkNames: '[name]-[hash]',
  legalComments: 'linked',
  define: { CARROT_VERSION: JSON.stringify(version) },
  // For what is no module yet.
  banner: {
    js: `import { createRequire as carrotRequire } from 'node:module';const require = carrotRequire(import.meta.url);`,
  },
  logLevel: 'warning',
})
