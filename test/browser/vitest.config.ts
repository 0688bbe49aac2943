import { defineConfig } from 'vitest/config'

// The suite of test/fidelity in a page of Chromium, driven from Node.
export default defineConfig({
  test: {
    name: 'browser',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
