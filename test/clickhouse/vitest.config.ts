import { defineConfig } from 'vitest/config'

// The real engine, as a library behind its HTTP interface, in a process of its own.
export default defineConfig({
  test: {
    name: 'clickhouse',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/clickhouse.ts'],
    testTimeout: 120_000, // statements run one after another, on a busy machine
    hookTimeout: 120_000,
  },
})
