import { defineConfig } from 'vitest/config'

// The store of a process on real files; on Bun and Deno as well, see test/run.ts.
export default defineConfig({
  test: {
    name: 'hosts',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 30_000,
  },
})
