import { defineConfig } from 'vitest/config'

// The built package on the runtime that runs Vitest: Node, and by test/run.ts Bun and Deno as well.
export default defineConfig({
  test: {
    name: 'fidelity',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/model-server.ts'],
  },
})
