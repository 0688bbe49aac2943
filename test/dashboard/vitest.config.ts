import { defineConfig } from 'vitest/config'

// Node renders the pages as workerd does.
/** Those that a browser visits are a project of their own (`visits`). */
export const VISITS =
  '**/{act,browser,compare-visit,find,hostile,live,long-trace,overview,reading,scores,selected,sessions,settings}.test.ts'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    name: 'dashboard',
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: [VISITS],
    globalSetup: ['support/assets.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
