import { defineConfig } from 'vitest/config'

// Plain Node: the adapter on `node:sqlite`, where files, plans and many rows are cheap.
export default defineConfig({
  test: {
    name: 'store',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 30_000, // a hundred thousand rows, on a busy machine
  },
})
