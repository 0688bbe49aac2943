import { defineConfig } from 'vitest/config'

// Apart from the tests of the project: what a model answers is evaluated where its cassettes are.
export default defineConfig({
  test: { name: 'evals', root: import.meta.dirname, include: ['*.eval.ts'] },
})
