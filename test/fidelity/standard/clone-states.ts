/**
 * Copies of responses in each state that they can be in, and what becomes of both.
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
const hanging: Answer = { pieces: ['ab'], ending: 'hang' }

check('of a body that was read', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  await response.text()
  return failure(() => response.clone())
})
check('of a body while it is read', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const text = response.text()
  const error = await failure(() => response.clone())
  await text
  return error
})
check('of a locked body', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const reader = streamOf(response).getReader()
  const error = await failure(() => response.clone())
  await reader.cancel()
  return error
})
check('of a body that was read in part', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const reader = streamOf(response).getReader()
  await reader.read()
  reader.releaseLock()
  let copy: Response | undefined
  const error = await failure(() => void (copy = response.clone()))
  await Promise.all([copy?.body?.cancel(), response.body?.cancel()])
  return error
})
check('of a body that was cancelled', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  await streamOf(response).cancel()
  return failure(() => response.clone())
})
check('by the prototype', [201, '{"a":1}', '{"a":1}'], async ({ answer }) => {
  const response = await answer(whole)
  const copy = Response.prototype.clone.call(response)
  return [copy.status, await copy.text(), await response.text()]
})
check('by the prototype, its address', true, async ({ answer }) => {
  const response = await answer(whole)
  const copy = Response.prototype.clone.call(response)
  await Promise.all([response.text(), copy.text()])
  return copy.url === response.url
})
check('of no response', threw('TypeError'), async ({ answer }) => {
  const response = await answer(whole)
  const error = await failure(() => Reflect.apply(response.clone, {}, []))
  await response.text()
  return error
})
for (const status of [204, 304]) {
  check(`of a ${status}`, [status, true, ''], async ({ answer }) => {
    const response = await answer({ status, pieces: [] })
    const copy = response.clone()
    const { url } = copy
    return [copy.status, url === response.url, await copy.text()]
  })
}
check('of an empty body', ['', ''], async ({ answer }) => {
  const response = await answer({ pieces: [] })
  const copy = response.clone()
  return [await copy.text(), await response.text()]
})
check('one cancelled, the other whole', '{"a":1}', async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  void streamOf(copy).cancel('enough')
  return response.text()
})
check('the first cancelled, the copy whole', '{"a":1}', async ({ answer }) => {
  const response = await answer(whole)
  const copy = response.clone()
  void streamOf(response).cancel('enough')
  return copy.text()
})
check('both cancelled, and the server is left', true, async ({ answer, left }) => {
  const response = await answer(hanging)
  const copy = response.clone()
  await Promise.all([streamOf(copy).cancel('one'), streamOf(response).cancel('two')])
  return left()
})
check('an abort fails both', ['mine', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const response = await answer(hanging, { signal: controller.signal })
  const copy = response.clone()
  const texts = [response.text(), copy.text()].map((text) =>
    text.catch((reason: unknown) => reason),
  )
  controller.abort('mine')
  return Promise.all(texts)
})
check('an abort before anybody reads fails both', ['mine', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const response = await answer(hanging, { signal: controller.signal })
  const copy = response.clone()
  controller.abort('mine')
  const texts = [response.text(), copy.text()].map((text) =>
    text.catch((reason: unknown) => reason),
  )
  return Promise.all(texts)
})
check('a broken body fails both', [threw('TypeError'), threw('TypeError')], async ({ answer }) => {
  const response = await answer({ pieces: ['ab'], ending: 'cut' })
  const copy = response.clone()
  return Promise.all([failure(response.text()), failure(copy.text())])
})
check('every method of a copy', OPEN, async ({ answer }) => {
  const response = await answer({ ...whole, headers: [['content-type', 'a/b']] })
  const blob = await response.clone().blob()
  const buffer = await response.clone().arrayBuffer()
  const json = await response.clone().json()
  return [blob.type, await blob.text(), buffer.byteLength, json, await response.text()]
})

export const cloneStates = checks
