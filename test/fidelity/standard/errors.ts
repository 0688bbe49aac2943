/**
 * Failures of the network.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, type Answer } from './check.ts'

const { checks, check } = section('network', 'fetch.spec #concept-network-error')

const cut: Answer = { pieces: ['abcdefghij'], ending: 'cut' }
const post = (body: string): RequestInit => ({ method: 'POST', body })

check('nobody there', threw('TypeError'), async ({ fetch, body }) =>
  failure(fetch('http://127.0.0.1:1/v1/chat/completions', post(body()))),
)
check('a port that is not allowed', threw('TypeError'), async ({ fetch, body }) =>
  failure(fetch('http://127.0.0.1:6000/v1/chat/completions', post(body()))),
)
check('no such host', threw('TypeError'), async ({ fetch, body }) =>
  failure(fetch('http://nowhere.invalid/v1/chat/completions', post(body()))),
)
check('a connection that dies before the head', threw('TypeError'), async ({ fetch, told, body }) =>
  failure(fetch(told.replace('/told/', '/die/'), post(body()))),
)
check('a body that is shorter than it said', threw('TypeError'), async ({ answer }) =>
  failure((await answer({ ...cut, headers: [['content-length', '100']] })).text()),
)
check('a body of chunks without an end', threw('TypeError'), async ({ answer }) =>
  failure((await answer(cut)).text()),
)
check(
  'a body that breaks, read piece by piece',
  ['abcdefghij', threw('TypeError')],
  async ({ answer }) => {
    const reader = streamOf(await answer(cut)).getReader()
    const { value } = await reader.read()
    return [new TextDecoder().decode(value), await failure(reader.read())]
  },
)
check('a body that breaks before anybody reads', OPEN, async ({ answer, left }) => {
  const response = await answer(cut)
  await left()
  const { bodyUsed } = response
  return [bodyUsed, response.body?.locked, await failure(response.text()), response.bodyUsed]
})
check('a body that breaks, and clone()', OPEN, async ({ answer, left }) => {
  const response = await answer(cut)
  await left()
  const copy = response.clone()
  return Promise.all([failure(response.text()), failure(copy.text())])
})
check('a body that breaks, and cancel()', OPEN, async ({ answer, left }) => {
  const response = await answer(cut)
  await left()
  return failure(streamOf(response).cancel())
})
check('a packed body that is none', OPEN, async ({ answer }) => {
  const headers = [['content-encoding', 'gzip']] as const
  return await (await answer({ pieces: ['no gzip'], headers })).text()
})
check('a packed body of a kind that is none', OPEN, async ({ answer }) => {
  const headers = [['content-encoding', 'x-none']] as const
  return await (await answer({ pieces: ['text'], headers })).text()
})
check('an error is the same for all who ask', [true, true], async ({ answer }) => {
  const pending = answer({ pieces: [], status: 307, headers: [['location', 'http://[']] })
  const asked: unknown[] = await Promise.all(
    [1, 2].map(() => pending.catch((error: unknown) => error)),
  )
  return [asked[0] === asked[1], asked[0] instanceof TypeError]
})
check('an error that nobody waits for goes unheard only once', true, async ({ fetch, body }) => {
  const pending = fetch('http://127.0.0.1:1/v1/chat/completions', post(body()))
  const [settled] = await Promise.allSettled([pending])
  return settled?.status === 'rejected'
})
check('it never throws at once', true, async ({ fetch, body }) => {
  const pending: unknown = fetch('http://127.0.0.1:1/v1/chat/completions', post(body()))
  const isPromise = pending instanceof Promise
  await failure(Promise.resolve(pending))
  return isPromise
})
check('an empty answer of the kind of a stream', '', async ({ answer }) =>
  (await answer({ pieces: [], headers: [['content-type', 'text/event-stream']] })).text(),
)

export const errors = checks
