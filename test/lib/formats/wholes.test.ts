import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { wholes } from './wholes.ts'

const encode = (text: string) => new TextEncoder().encode(text)

describe.each(wholes)('$name', ({ url, request, whole, record: expected }) => {
  it.each([0, 2])(
    'is recorded, printed with an indent of %i, in chunks of any size',
    async (indent) => {
      for (const chunk of [1, 7, 4096, 1_000_000]) {
        const reply = encode(JSON.stringify(whole, null, indent))
        const recorded = { url, request, reply, chunk, type: 'application/json' }
        const { record, seen } = await replay(recorded)
        expect(record).toMatchObject({ status: 'success', input: request, ...expected })
        expect(record.call?.ended).toBe('complete')
        expect(seen).toEqual(reply)
        expect(JSON.stringify(record.call).length).toBeLessThan(3_000)
      }
    },
  )
})
