import { defineConfig } from 'vitest/config'

// Collectors that are killed at any moment, again and again.
export default defineConfig({
  test: {
    name: 'crash',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['../support/installed.ts'],
    testTimeout: 300_000,
  },
})
