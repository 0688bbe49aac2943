import { defineConfig } from 'vitest/config'

// Cassettes, faults and matchers: on Node, and the same recording replayed on workerd, Bun and Deno.
export default defineConfig({
  test: {
    name: 'testing',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/model-server.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
