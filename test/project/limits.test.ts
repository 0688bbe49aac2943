import { describe, expect, it } from 'vitest'
import { page } from './limits.ts'

describe('docs/limits.md', () => {
  it('says what the source says', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/limits.md')
  })
})
