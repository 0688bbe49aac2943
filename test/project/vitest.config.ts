import { defineConfig } from 'vitest/config'

// The project itself: its layers, its sizes, what its documents say, the package as it is installed.
export default defineConfig({
  test: {
    name: 'project',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/installed.ts'],
    testTimeout: 60_000,
  },
})
