import { defineConfig } from 'vitest/config'

// One project per folder: each says which runtime its tests run on and why.
export default defineConfig({ test: { projects: ['test/*/vitest.config.ts'] } })
