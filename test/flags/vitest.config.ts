import { defineConfig } from 'vitest/config'

// workerd as applications run it, driven from Node: the test runner inside workerd needs flags itself.
export default defineConfig({
  test: {
    name: 'flags',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/model-server.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
