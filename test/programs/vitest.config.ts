import { defineConfig } from 'vitest/config'

// Every example as its command runs it, against the collector that the package brings.
export default defineConfig({
  test: {
    name: 'programs',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/installed.ts'],
    testTimeout: 60_000,
  },
})
