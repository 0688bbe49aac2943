import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'query', root: import.meta.dirname, include: ['**/*.test.ts'] },
})
