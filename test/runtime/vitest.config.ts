import { defineConfig } from 'vitest/config'
import { standardDecorators } from '../support/decorators.ts'

// The package as it is installed, on every runtime: one suite of checks in the same programs.
export default defineConfig({
  plugins: [standardDecorators('forms.ts')],
  test: {
    name: 'runtime',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['../support/installed.ts', '../support/nodes.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
