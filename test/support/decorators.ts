/**
 * Standard decorators in tests, which neither Node nor Vite's own transform knows yet.
 *
 * @module
 */

import { transform } from 'esbuild'
import type { Plugin } from 'vite'

/** @param files The ends of the names of those that have any. */
export function standardDecorators(...files: string[]): Plugin {
  return {
    name: 'standard decorators',
    enforce: 'pre',
    async transform(code, id) {
      if (!files.some((file) => id.endsWith(file))) return undefined
      return transform(code, { loader: 'ts', target: 'es2022', sourcemap: 'inline' })
    },
  }
}
