import { defineConfig } from 'vitest/config'

// Whole programs on the runtimes that are processes.
export default defineConfig({
  test: { name: 'exit', root: import.meta.dirname, include: ['*.test.ts'], testTimeout: 20_000 },
})
