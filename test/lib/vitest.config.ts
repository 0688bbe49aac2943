import { defineConfig } from 'vitest/config'
import { standardDecorators } from '../support/decorators.ts'

// The SDK's own parts, one by one, on Node.
export default defineConfig({
  plugins: [standardDecorators('decorator.test.ts', 'trace-types.test.ts')],
  test: {
    name: 'lib',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 30_000, // property tests, on a busy machine
  },
})
