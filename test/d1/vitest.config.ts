import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// The Worker as it is where a D1 database is bound, in real workerd with its own D1.
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
        d1Databases: { DATABASE: 'traces' },
        bindings: { CARROT_LOCAL: 'true', CARROT_LOCAL_KEY: 'sk-local-key-of-the-tests' },
      },
    }),
  ],
  test: {
    name: 'd1',
    isolate: false,
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 30_000,
  },
})
