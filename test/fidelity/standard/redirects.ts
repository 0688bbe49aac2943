/**
 * Redirects: followed, refused, handed over.
 *
 * @module
 */

import { failure, OPEN, section, threw, type Answer } from './check.ts'

const { checks, check, untraced } = section('redirect', 'fetch.spec #http-redirect-fetch')

const to = (location: string, status = 307): Answer => ({
  status,
  headers: [['location', location]],
  pieces: [],
})

for (const [status, method] of [
  [301, 'GET'],
  [302, 'GET'],
  [303, 'GET'],
  [307, 'POST'],
  [308, 'POST'],
] as const) {
  check(`${status} is followed with ${method}`, [method, true], async ({ answer }) => {
    const response = await answer(to('/echo/v1/chat/completions', status))
    const got = await response.json()
    return [got.method ?? 'GET', response.redirected]
  })
  check(`${status} with redirect error`, threw('TypeError'), async ({ answer }) =>
    failure(answer(to('/echo/v1/chat/completions', status), { redirect: 'error' })),
  )
  check(`${status} with redirect manual`, OPEN, async ({ answer }) => {
    const response = await answer(to('/echo/v1/chat/completions', status), { redirect: 'manual' })
    const { type, url, redirected, ok, headers } = response
    const { status: seen, statusText, body } = response
    const location = headers.get('location')
    return {
      type,
      url,
      redirected,
      ok,
      seen,
      statusText,
      location,
      body: body === null,
      text: await response.text(),
    }
  })
}
check(
  'the address is the last one, without its fragment',
  ['/json/v1/x', '?a=1', ''],
  async ({ answer }) => {
    const response = await answer(to('/json/v1/x?a=1#there'))
    await response.text()
    const { pathname, search, hash } = new URL(response.url)
    return [pathname, search, hash]
  },
)
check('several in a row', ['/json/v1/chat/completions', true], async ({ answer }) => {
  const response = await answer(to('/redirect/v1/chat/completions'))
  await response.text()
  return [new URL(response.url).pathname, response.redirected]
})
check('a relative address', '/told/v1/chat/more', async ({ answer }) => {
  const response = await answer(to('more', 303))
  await response.text()
  return new URL(response.url).pathname
})
check('one that leads nowhere but to itself', threw('TypeError'), async ({ answer }) =>
  failure(answer(to('/told/v1/chat/completions'))),
)
for (const status of [300, 304, 305, 306]) {
  check(`${status} is no redirect`, [status, false, false], async ({ answer }) => {
    const response = await answer(to('/json/v1/chat/completions', status))
    await response.text()
    return [response.status, response.ok, response.redirected]
  })
}
check('without an address it is the answer', [302, false], async ({ answer }) => {
  const response = await answer({ status: 302, headers: [], pieces: ['text'] })
  await response.text()
  return [response.status, response.redirected]
})
for (const location of ['http://[', 'data:,text', 'nothing://x', 'mailto:me@x.test']) {
  check(`to ${location}`, threw('TypeError'), async ({ answer }) => failure(answer(to(location))))
}
check('a type of body that is no more goes with it', undefined_(), async ({ answer }) => {
  const response = await answer(to('/see/v1/models', 302))
  return (await response.json()).type ?? undefined_()
})
check('headers go along on the same host', 'Bearer key', async ({ answer, body }) => {
  const headers = { authorization: 'Bearer key' }
  const init = { headers, body: body(to('/echo/v1/chat/completions')) }
  return (await (await answer(undefined, init)).json()).headers.authorization
})
untraced('a stream is not sent twice', threw('TypeError'), async ({ answer, body }) => {
  const stream = new Response(body(to('/echo/v1/chat/completions'))).body
  return failure(answer(undefined, { body: stream, duplex: 'half' } as RequestInit))
})
untraced('a stream before 303', 200, async ({ answer, body }) => {
  const stream = new Response(body(to('/see/v1/models', 303))).body
  const response = await answer(undefined, { body: stream, duplex: 'half' } as RequestInit)
  await response.text()
  return response.status
})
check('an abort between two', OPEN, async ({ answer, waiting }) => {
  const controller = new AbortController()
  const pending = answer(to('/hang-before-head/v1/chat/completions'), {
    signal: controller.signal,
  }).catch((reason: unknown) => reason)
  await waiting()
  controller.abort('mine')
  return pending
})

export const redirects = checks

function undefined_(): string {
  return 'none'
}
