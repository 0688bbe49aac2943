import { defineConfig } from 'vitest/config'

// What `npm start` is made of, on real files and ports.
export default defineConfig({
  test: { name: 'cli', root: import.meta.dirname, include: ['*.test.ts'], testTimeout: 90_000 },
})
