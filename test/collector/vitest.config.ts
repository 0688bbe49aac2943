import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// Real workerd with its own SQLite: the Worker's entry, its objects and its limits.
export default defineConfig({
  plugins: [
    cloudflareTest({
      main: '../../worker/index.ts',
      miniflare: {
        compatibilityDate: '2026-10-01',
        durableObjects: {
          PROJECT: { className: 'Project', useSQLite: true },
          DIRECTORY: { className: 'Directory', useSQLite: true },
        },
        bindings: { CARROT_LOCAL: 'true', CARROT_LOCAL_KEY: 'sk-local-key-of-the-tests' },
      },
    }),
  ],
  test: {
    name: 'collector',
    isolate: false,
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 30_000, // the largest batches, on a busy machine
  },
})
