import { defineConfig } from 'vitest/config'

// Workers as `wrangler dev` runs them, with the built package, driven from Node.
export default defineConfig({
  test: {
    name: 'workers',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/model-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
