/**
 * Copies of a response.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, type Answer } from './check.ts'

const { checks, check } = section('clone', 'fetch.spec #dom-response-clone')

const whole: Answer = {
  pieces: ['{"a":', '1}'],
  status: 201,
  statusText: 'Made',
  headers: [['x-one', 'a']],
}
check(
  'says of itself what the first does',
  [true, true, true, true, true, true],
  async ({ answer }) => {
    const response = await answer(whole)
    const copy = response.clone()
    await Promise.all([response.text(), copy.text()])
    return (['url', 'type', 'status', 'statusText', 'ok', 'redirected'] as const).map(
      (name) => copy[name] === response[name],
    )
  },
)
check('a copy of a copy, too', [true, 'a', 201], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  const second = copy.clone()
  await Promise.all([response, copy, second].map((each) => each.text()))
  return [second.url === response.url, second.headers.get('x-one'), second.status]
})
check('one of a redirected response', [true, true], async ({ answer }) => {
  const response = await answer({
    status: 307,
    headers: [['location', '/json/v1/chat/completions']],
    pieces: [],
  })
  const copy = response.clone()
  await Promise.all([response.text(), copy.text()])
  return [copy.redirected, copy.url === response.url]
})
check('is another, with other headers and body', [false, false, false], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  const same = [copy === response, copy.headers === response.headers, copy.body === response.body]
  await Promise.all([response.text(), copy.text()])
  return same
})
check('its headers say the same', true, async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  await Promise.all([response.text(), copy.text()])
  return JSON.stringify([...copy.headers]) === JSON.stringify([...response.headers])
})
check('its headers refuse changes', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  await Promise.all([response.text(), copy.text()])
  return failure(() => copy.headers.set('x-one', 'b'))
})
check('its headers stay the same object', true, async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  await Promise.all([response.text(), copy.text()])
  return copy.headers === copy.headers
})
check('it is a Response', [true, '[object Response]'], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  await Promise.all([response.text(), copy.text()])
  return [copy instanceof Response, Object.prototype.toString.call(copy)]
})
check('the first read first', ['{"a":1}', '{"a":1}'], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  return [await response.text(), await copy.text()]
})
check('the copy read first', ['{"a":1}', '{"a":1}'], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  const text = await copy.text()
  return [text, await response.text()]
})
check('both at once, each its own way', [{ a: 1 }, 7], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  const [json, buffer] = await Promise.all([response.json(), copy.arrayBuffer()])
  return [json, buffer.byteLength]
})
check('used one by one', [false, true, false, true], async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  const before = copy.bodyUsed
  await copy.text()
  const seen = [before, copy.bodyUsed, response.bodyUsed]
  await response.text()
  return [...seen, response.bodyUsed]
})
check('piece by piece, in turn', OPEN, async ({ answer, more }) => {
  const response = await answer({ pieces: ['ab', 'cd', 'ef'], inSteps: true })
  const copy = response.clone()
  const [one, two] = [streamOf(response).getReader(), streamOf(copy).getReader()]
  const seen = []
  for (let turn = 0; turn < 4; turn += 1) {
    for (const reader of [one, two]) {
      const { done, value } = await reader.read()
      seen.push(done ? 'done' : new TextDecoder().decode(value))
    }
    await more()
  }
  return seen
})
check('chunks are shared with nobody', ['xb', 'ab'], async ({ answer }) => {
  const response = await answer({ pieces: ['ab'] })
  const copy = response.clone()
  const { value } = await streamOf(response).getReader().read()
  if (value) value[0] = 120
  return [new TextDecoder().decode(value), await copy.text()]
})

export const clone = checks
