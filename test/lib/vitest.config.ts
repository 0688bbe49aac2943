import { transform } from 'esbuild'
import { defineConfig } from 'vitest/config'

// The SDK's own parts, one by one, on Node.
export default defineConfig({
  plugins: [
    {
      name: 'standard decorators', // which neither Node nor Vite's own transform knows yet
      enforce: 'pre',
      async transform(code, id) {
        if (!id.endsWith('decorator.test.ts')) return undefined
        return transform(code, { loader: 'ts', target: 'es2022', sourcemap: 'inline' })
      },
    },
  ],
  test: {
    name: 'lib',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 30_000, // property tests, on a busy machine
  },
})
