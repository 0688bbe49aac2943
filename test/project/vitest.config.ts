import { defineConfig } from 'vitest/config'

// The project itself: its layers, its sizes, what its documents say.
export default defineConfig({
  test: { name: 'project', root: import.meta.dirname, include: ['*.test.ts'], testTimeout: 60_000 },
})
