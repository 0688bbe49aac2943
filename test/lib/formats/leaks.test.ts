import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { pairs } from './pairs.ts'
import { ANSWERED, HEADERS, KEYS, secretive, withUser } from './secrets.ts'
import { wholes } from './wholes.ts'

const calls = new Map([...pairs, ...wholes].map((call) => [call.url.replace(/\?.*/, ''), call]))
describe.each([...calls.values()])('a record of $url', ({ url, request, whole }) => {
  it.each([
    [200, whole],
    [401, { error: { message: `Wrong key: ${KEYS.join(' or ')}`, type: 'auth' } }],
  ])('has no secret in it where the answer is %i', async (status, body) => {
    const { record } = await replay({
      url: withUser(url),
      request: secretive(request),
      sent: HEADERS,
      reply: new TextEncoder().encode(JSON.stringify(body)),
      type: 'application/json',
      headers: ANSWERED,
      status,
    })
    expect(record.call?.http.status).toBe(status)
    expect(JSON.stringify(record)).not.toMatch(/hidden/i)
  })
})
