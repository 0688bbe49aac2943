import { defineConfig } from 'vitest/config'

// Node renders the pages as workerd does, and drives the browser that shows them.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    name: 'dashboard',
    environment: 'node',
    include: ['**/*.test.ts'],
    globalSetup: ['support/assets.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
