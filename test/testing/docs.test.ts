import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('docs/testing.md', () => {
  it('shows the very test with msw that runs here', () => {
    expect(read('../../docs/testing.md')).toContain(
      `\`\`\`typescript\n${read('refund.test.ts')}\`\`\``,
    )
  })
})
