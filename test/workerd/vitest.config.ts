import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// The suite of test/fidelity inside workerd. Without compatibility flags: see test/flags.
export default defineConfig({
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-10-01' } })],
  test: {
    name: 'workerd',
    root: import.meta.dirname,
    include: ['../fidelity/*.test.ts'],
    globalSetup: ['../support/model-server.ts'],
  },
})
