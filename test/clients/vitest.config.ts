import { defineConfig } from 'vitest/config'

// Clients and test tools as applications combine them, on Node.
export default defineConfig({
  test: {
    name: 'clients',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['setup.ts'],
    // Garbage is collected between uses only. Node loses the abort of a Request that was sent before a
    // collection, and with it, natively too, what a client that sends Requests was to be told.
    execArgv: ['--initial-heap-size=2048', '--no-memory-reducer'],
  },
})
