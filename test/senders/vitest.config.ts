import { defineConfig } from 'vitest/config'

// Plain Node: each sender is a program of its own, and the collector is the real one, in workerd.
export default defineConfig({
  test: {
    name: 'senders',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['packages.ts'],
    testTimeout: 60_000, // a program that loads hundreds of modules, on a busy machine
    hookTimeout: 60_000,
  },
})
