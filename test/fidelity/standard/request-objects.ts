/**
 * A `Request` as what `fetch` is given, alone and with members beside it.
 *
 * @module
 */

import { failure, OPEN, section, threw, type Call, type Fetch } from './check.ts'
import { loosely } from './loosely.ts'

const { checks, check, untraced } = section(
  'Request',
  'fetch.spec #request-class, #dom-global-fetch',
)

/** Nothing beside the Request but what it says itself. */
const NOTHING: RequestInit = loosely({ method: undefined, headers: undefined, body: undefined })
const send = ({ fetch }: Call, ...request: Parameters<Fetch>) => fetch(...request) // without a `this`
const asked = ({ echo, body }: Call, init?: RequestInit) =>
  new Request(echo, { method: 'POST', body: body(), headers: { 'x-one': 'a' }, ...init })

check('it is sent with its body, and used', ['POST', true, true], async (call) => {
  const request = asked(call)
  const { method, text } = await call.arrives(NOTHING, request)
  return [method, text === call.body(), request.bodyUsed]
})
check('it is used as soon as it is given', [false, true], async (call) => {
  const request = asked(call)
  const before = request.bodyUsed
  const pending = call.arrives(NOTHING, request)
  const after = request.bodyUsed
  await pending
  return [before, after]
})
check('its body cannot be read afterwards', threw('TypeError'), async (call) => {
  const request = asked(call)
  await call.arrives(NOTHING, request)
  return failure(request.text())
})
check('it cannot be sent twice', threw('TypeError'), async (call) => {
  const request = asked(call)
  await call.arrives(NOTHING, request)
  return failure(send(call, request))
})
check('two at once: the second is refused', ['fulfilled', 'rejected'], async (call) => {
  const request = asked(call)
  const both = [send(call, request), send(call, request)]
  const outcomes = await Promise.allSettled(both)
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') await outcome.value.text()
  }
  return outcomes.map(({ status }) => status)
})
untraced('one that was read is refused', threw('TypeError'), async (call) => {
  const request = asked(call)
  await request.text()
  return failure(send(call, request))
})
untraced('one whose body is locked is refused', threw('TypeError'), async (call) => {
  const request = asked(call)
  request.body?.getReader()
  return failure(send(call, request))
})
check('one whose body is locked, with a body beside', OPEN, async (call) => {
  const request = asked(call)
  request.body?.getReader()
  return (await call.arrives({ ...NOTHING, body: call.body() }, request)).text
})
check('a copy is sent as well', [true, true], async (call) => {
  const request = asked(call)
  const copy = request.clone()
  const one = await call.arrives(NOTHING, request)
  const two = await call.arrives(NOTHING, copy)
  return [one.text === call.body(), two.text === call.body()]
})
check('new Request of it takes its body', [true, true], async (call) => {
  const request = asked(call)
  const taken = new Request(request)
  const arrived = await call.arrives(NOTHING, taken)
  return [request.bodyUsed, arrived.text === call.body()]
})
check('a class of its own', 'POST', async (call) => {
  class MyRequest extends Request {}
  const { echo, body } = call
  return (await call.arrives(NOTHING, new MyRequest(echo, { method: 'POST', body: body() }))).method
})
check('a body beside replaces its own', ['other', false], async (call) => {
  const request = asked(call)
  const other = { model: 'other', messages: [] }
  const { text } = await call.arrives({ ...NOTHING, body: JSON.stringify(other) }, request)
  return [JSON.parse(text).model, request.bodyUsed && call.echo === '']
})
check('headers beside replace all of its own', [null, 'b'], async (call) => {
  const { detail } = await call.arrives({ ...NOTHING, headers: { 'x-two': 'b' } }, asked(call))
  const headers = detail as Record<string, string>
  return [headers['x-one'] ?? null, headers['x-two']]
})
check('empty headers beside leave its own', 'a', async (call) => {
  const { detail } = await call.arrives({ ...NOTHING, headers: loosely(undefined) }, asked(call))
  return (detail as Record<string, string>)['x-one']
})
check('a method beside replaces its own', 'POST', async (call) => {
  const request = new Request(call.echo, { method: 'PUT', body: call.body() })
  return (await call.arrives({ ...NOTHING, method: 'post' }, request)).method
})
untraced('GET beside is refused for its body', threw('TypeError'), async (call) =>
  failure(send(call, asked(call), { method: 'GET' })),
)
check('one without a body gets one beside', 'POST', async (call) => {
  const request = new Request(call.echo)
  return (await call.arrives({ ...NOTHING, method: 'POST', body: call.body() }, request)).method
})
check('null beside leaves its body', OPEN, async (call) => {
  return (await call.arrives({ ...NOTHING, body: null }, asked(call))).text
})
untraced('its signal aborts', 'mine', async (call) => {
  const controller = new AbortController()
  const { told, body } = call
  const request = new Request(told, {
    method: 'POST',
    body: body({ pieces: ['a'], ending: 'hang' }),
    signal: controller.signal,
  })
  const response = await send(call, request)
  controller.abort('mine')
  return response.text().catch((reason: unknown) => reason)
})
untraced('a signal beside replaces its own', 'whole', async (call) => {
  const own = new AbortController()
  const request = asked(call, { signal: own.signal })
  const pending = call.arrives({ ...NOTHING, signal: new AbortController().signal }, request)
  own.abort()
  return pending.then(
    () => 'whole',
    (error: Error) => error.name,
  )
})
untraced('signal null beside takes its own off', 'whole', async (call) => {
  const own = new AbortController()
  const request = asked(call, { signal: own.signal })
  const pending = call.arrives({ ...NOTHING, signal: null }, request)
  own.abort()
  return pending.then(
    () => 'whole',
    (error: Error) => error.name,
  )
})
untraced('one that was aborted before', 'mine', async (call) => {
  const request = asked(call, { signal: AbortSignal.abort('mine') })
  return send(call, request).catch((reason: unknown) => reason)
})
untraced('its body is used though it was aborted before', OPEN, async (call) => {
  const request = asked(call, { signal: AbortSignal.abort('mine') })
  await send(call, request).catch(() => {})
  return [request.bodyUsed, await failure(request.text())]
})
untraced('redirect of its own', threw('TypeError'), async (call) => {
  const { told, body } = call
  const answer = { status: 307, headers: [['location', '/json/v1/chat/completions']] as const }
  const request = new Request(told, { method: 'POST', body: body(answer), redirect: 'error' })
  return failure(send(call, request))
})
check('a body that is a stream', true, async (call) => {
  const body = new Response(call.body()).body
  const init = { method: 'POST', body, duplex: 'half' } satisfies RequestInit & { duplex: string }
  const request = new Request(call.echo, init)
  return (await call.arrives(NOTHING, request)).text === call.body()
})
check(
  'a type that its body gave it',
  'text/plain;charset=UTF-8',
  async (call) =>
    (await call.arrives(NOTHING, new Request(call.echo, { method: 'POST', body: call.body() })))
      .type,
)
check('what it says of itself after it was sent', true, async (call) => {
  const request = asked(call)
  await call.arrives(NOTHING, request)
  const { method, url, headers, redirect, signal } = request
  return (
    [method, url === call.echo, headers.get('x-one'), redirect, signal.aborted].join() ===
    'POST,true,a,follow,false'
  )
})

export const requestObjects = checks
