import { defineConfig } from 'vitest/config'

// The installed package in programs that end in every way, and what the collector has got by then.
export default defineConfig({
  test: {
    name: 'delivery',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/installed.ts', '../support/nodes.ts'],
    hookTimeout: 60_000,
  },
})
