import { defineConfig } from 'vitest/config'

// The installed package on every runtime, against a collector that misbehaves in every way.
export default defineConfig({
  test: {
    name: 'faults',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/installed.ts'],
    hookTimeout: 60_000,
  },
})
