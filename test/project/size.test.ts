import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const entry = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

/** Bytes, gzipped, of all that the main entry exports; as an application's bundler would ship it. */
const BUDGET = 23_500

describe('the main entry', () => {
  it.each(['neutral', 'browser', 'node'] as const)(
    'is within its size, bundled for platform %s',
    async (platform) => {
      const { outputFiles, metafile } = await build({
        entryPoints: [entry],
        bundle: true,
        minify: true,
        format: 'esm',
        platform,
        write: false,
        metafile: true,
        logLevel: 'error',
      })
      const size = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
      console.log(`main entry, ${platform}: ${size} bytes gzipped`)
      expect(size).toBeLessThanOrEqual(BUDGET)

      const packages = Object.keys(metafile.inputs).flatMap(
        (path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? [],
      )
      expect([...new Set(packages)]).toEqual(['eventsource-parser'])
    },
  )
})
