import { defineConfig } from 'vitest/config'

// The command as the installed package has it, as processes of every runtime.
export default defineConfig({
  test: {
    name: 'command',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['../support/installed.ts', '../support/nodes.ts'],
    testTimeout: 60_000,
  },
})
