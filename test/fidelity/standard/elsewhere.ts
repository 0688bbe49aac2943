/**
 * A response used elsewhere: in other responses and requests, and looked at as an object.
 *
 * @module
 */

import { failure, section, streamOf, threw, type Answer } from './check.ts'
import { loosely } from './loosely.ts'

const { checks, check } = section(
  'elsewhere',
  'fetch.spec #response-class, webidl.spec #js-interfaces',
)

const whole: Answer = {
  pieces: ['{"a":', '1}'],
  status: 201,
  statusText: 'Made',
  headers: [['x-one', 'a']],
}

check(
  'new Response of its body and itself',
  [201, 'Made', 'a', '', '{"a":1}'],
  async ({ answer }) => {
    const response = await answer(whole)
    const copy = new Response(response.body, response)
    return [copy.status, copy.statusText, copy.headers.get('x-one'), copy.url, await copy.text()]
  },
)
check('new Response of its body, read: the first is used', [true, true], async ({ answer }) => {
  const response = await answer(whole)
  const text = new Response(response.body).text()
  const seen = [response.bodyUsed, response.body?.locked]
  await text
  return seen
})
check('new Response of a body that was read', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  await response.text()
  return failure(() => new Response(response.body, response))
})
check('new Response with its headers can be changed', ['b', 'a'], async ({ answer }) => {
  const response = await answer(whole)
  const copy = new Response(response.body, response)
  copy.headers.set('x-one', 'b')
  await copy.text()
  return [copy.headers.get('x-one'), response.headers.get('x-one')]
})
check('new Request with its body', '{"a":1}', async ({ answer, echo }) => {
  const { body } = await answer(whole)
  const init = { method: 'POST', body, duplex: 'half' } satisfies RequestInit & { duplex: string }
  return new Request(echo, init).text()
})
check('its body sent on', '{"messages":[]}', async ({ answer, arrives }) => {
  const { body } = await answer({ pieces: ['{"messages":', '[]}'] })
  return (await arrives(loosely({ body, duplex: 'half', headers: {} }))).text
})
check('its body piped into another', '{"a":1}', async ({ answer }) => {
  const { readable, writable } = new TransformStream()
  void streamOf(await answer(whole)).pipeTo(writable)
  return new Response(readable).text()
})
check('Response.json() is still there beside', 1, async ({ answer }) => {
  await (await answer(whole)).text()
  return (await Response.json({ a: 1 }).json()).a
})
check('structuredClone() refuses it', threw('DataCloneError'), async ({ answer }) => {
  const response = await answer(whole)
  const error = await failure(() => structuredClone(response))
  await response.text()
  return error
})
check('structuredClone() refuses its headers', threw('DataCloneError'), async ({ answer }) => {
  const response = await answer(whole)
  await response.text()
  return failure(() => structuredClone(response.headers))
})

export const elsewhere = checks
