import { defineConfig } from 'vitest/config'

// Everything as a user has it: the built package, clients, workerd with files on disk, Chromium.
export default defineConfig({
  test: {
    name: 'e2e',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    fileParallelism: false, // each file has a browser, a collector and a dashboard of its own
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
