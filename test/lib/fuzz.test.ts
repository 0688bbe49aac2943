import { describe, expect, it } from 'vitest'
import { mutated, randomFrom } from '../fuzz/mutate.ts'
import { seeds } from '../fuzz/subjects.ts'
import { fuzz } from '../fuzz/target.ts'

const CHANGED = 1_000

describe('a traced call', () => {
  const all = seeds()

  it('is answered as it was, and recorded within bounds, whatever is answered and asked', async () => {
    const random = randomFrom(4)
    const any = () => all[Math.floor(random() * all.length)] ?? new Uint8Array()
    const changed = Array.from({ length: CHANGED }, () => mutated(any(), any(), random))
    for (const bytes of [...all, ...changed]) {
      const fails = Buffer.from(bytes).toString('base64')
      await expect(fuzz(bytes), fails).resolves.toBeUndefined()
    }
  })
})
