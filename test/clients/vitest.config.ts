import { defineConfig } from 'vitest/config'

// Clients and test tools as applications combine them, on Node.
export default defineConfig({
  test: {
    name: 'clients',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['setup.ts'],
  },
})
