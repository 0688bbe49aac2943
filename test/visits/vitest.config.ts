import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { VISITS } from '../dashboard/vitest.config.ts'

// The tests of the dashboard that a browser visits: apart, as they take longest.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    name: 'visits',
    root: fileURLToPath(new URL('../dashboard', import.meta.url)),
    environment: 'node',
    include: [VISITS],
    globalSetup: ['support/assets.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
