/**
 * What `fetch` is given beside body and headers: the address, the method, and the other members.
 *
 * @module
 */

import { failure, OPEN, section, threw, type Call } from './check.ts'
import { loosely } from './loosely.ts'

const { checks, check, untraced } = section('request', 'fetch.spec #fetch-method, #requestinit')

for (const method of ['POST', 'post', 'Post', 'pOsT']) {
  check(
    `method ${method} is sent as POST`,
    'POST',
    async ({ arrives }) => (await arrives({ method })).method,
  )
}
for (const method of ['PUT', 'DELETE', 'delete', 'OPTIONS']) {
  untraced(
    `method ${method}`,
    method.toUpperCase(),
    async ({ arrives }) => (await arrives({ method })).method,
  )
}
for (const method of ['CONNECT', 'trace', 'Track', 'a b', '', 'GRÜSSE', 'GET', 'head']) {
  untraced(`method '${method}' with a body`, threw('TypeError'), async ({ arrives }) =>
    failure(arrives({ method })),
  )
}
untraced('method null is the word', OPEN, async ({ arrives }) =>
  failure(arrives(loosely({ method: null }))),
)
check('method undefined with a Request is its own', 'POST', async ({ fetch, echo, body }) => {
  const request = new Request(echo, { method: 'POST', body: body() })
  return (await (await fetch(request, loosely({ method: undefined }))).json()).method
})

check('the address as a URL', 200, async ({ fetch, told, body }) =>
  readStatus(fetch(new URL(told), { method: 'POST', body: body() })),
)
check('the address as any object with a text', 200, async ({ fetch, told, body }) =>
  readStatus(fetch(loosely({ toString: () => told }), { method: 'POST', body: body() })),
)
check('the address is made a text as often', 1, async ({ fetch, told, body }) => {
  let times = 0
  const address = { toString: () => ((times += 1), told) }
  await readStatus(fetch(loosely(address), { method: 'POST', body: body() }))
  return times
})
check('the address with spaces around and a query', '?a=%20b', async ({ fetch, told, body }) => {
  const response = await fetch(`  ${told}?a= b\n`, { method: 'POST', body: body() })
  await response.text()
  return new URL(response.url).search
})
untraced('an address with credentials', threw('TypeError'), async ({ fetch, told, body }) =>
  failure(fetch(told.replace('//', '//me:secret@'), { method: 'POST', body: body() })),
)
for (const address of [
  'http://',
  'http://[',
  'nothing://x/v1/chat/completions',
  'ftp://x/v1/chat/completions',
]) {
  untraced(`the address ${address}`, threw('TypeError'), async ({ fetch, body }) =>
    failure(fetch(address, { method: 'POST', body: body() })),
  )
}
untraced('a relative address', OPEN, async ({ fetch }) =>
  failure(fetch('/v1/nowhere', { method: 'DELETE' })),
)
untraced('no address', threw('TypeError'), async ({ fetch }) =>
  failure(Reflect.apply(fetch, undefined, [])),
)
untraced('an address that throws', 'mine', async ({ fetch, body }) => {
  const error = await fetch(
    loosely({
      toString() {
        throw new Error('mine')
      },
    }),
    { method: 'POST', body: body() },
  ).catch((reason: unknown) => reason)
  return error instanceof Error && error.message
})
untraced('a promise is what comes back of nonsense', true, async ({ fetch }) => {
  const pending: unknown = Reflect.apply(fetch, undefined, [Symbol('no address')])
  await failure(Promise.resolve(pending))
  return pending instanceof Promise
})
untraced('init null', 200, async ({ fetch, echo }) => readStatus(fetch(echo, loosely(null))))
for (const init of [7, 'POST', true]) {
  untraced(`init ${init}`, threw('TypeError'), async ({ fetch, echo }) =>
    failure(fetch(echo, loosely(init))),
  )
}
check('init with members from its prototype', 'POST', async ({ fetch, echo, body }) => {
  const init = Object.create({ method: 'POST', body: body() })
  return (await (await fetch(echo, init)).json()).method
})
check('init of a class with getters', 'POST', async ({ fetch, echo, body }) => {
  class Init {
    #method = 'POST'
    get method() {
      return this.#method
    }
    get body() {
      return body()
    }
  }
  return (await (await fetch(echo, new Init())).json()).method
})
check('getters of init are asked once', [1, 1, 1, 1], async ({ fetch, told, body }) => {
  const asked = { method: 0, body: 0, headers: 0, signal: 0 }
  const init = {
    get method() {
      return ((asked.method += 1), 'POST')
    },
    get body() {
      return ((asked.body += 1), body())
    },
    get headers() {
      return ((asked.headers += 1), { 'content-type': 'application/json' })
    },
    get signal() {
      return ((asked.signal += 1), undefined)
    },
  }
  await readStatus(fetch(told, loosely(init)))
  return Object.values(asked)
})
untraced('a getter of init that throws', 'mine', async ({ fetch, told }) => {
  const init = {
    method: 'POST',
    get body(): string {
      throw new Error('mine')
    },
  }
  const error = await fetch(told, init).catch((reason: unknown) => reason)
  return error instanceof Error && error.message
})

const MEMBERS: Record<string, { takes: unknown[]; refuses: unknown[] }> = {
  mode: { takes: ['cors', undefined], refuses: ['navigate', 'any'] },
  credentials: { takes: ['omit', 'same-origin', 'include', undefined], refuses: ['all'] },
  cache: {
    takes: ['default', 'no-store', 'reload', 'no-cache', undefined],
    refuses: ['only-if-cached', 'never'],
  },
  redirect: { takes: ['follow', 'manual', 'error', undefined], refuses: ['any'] },
  referrer: { takes: ['', 'about:client', undefined], refuses: ['http://['] },
  referrerPolicy: { takes: ['', 'no-referrer', 'origin'], refuses: ['never'] },
  integrity: {
    takes: ['', undefined],
    refuses: ['sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
  },
  keepalive: { takes: [true, false, undefined], refuses: [] },
  signal: { takes: [null, undefined], refuses: [{}, 'abort'] },
  duplex: { takes: ['half', undefined], refuses: ['full', 'none'] },
  window: { takes: [null, undefined], refuses: [{}] },
  priority: { takes: ['high', 'low', 'auto'], refuses: ['now'] },
}
for (const [member, { takes, refuses }] of Object.entries(MEMBERS)) {
  for (const value of takes) {
    check(`${member} ${named(value)} is taken`, 'POST', async ({ arrives }) =>
      methodWith(arrives, member, value),
    )
  }
  for (const value of refuses) {
    untraced(`${member} ${named(value)} is refused`, threw('TypeError'), async ({ arrives }) =>
      methodWith(arrives, member, value),
    )
  }
}
check('integrity that holds', 'POST', async ({ fetch, body, told }) => {
  const text = 'whole'
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const integrity = `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
  const init = { method: 'POST', body: body({ pieces: [text] }), integrity }
  const response = await fetch(told, init)
  return (await response.text()) === text && 'POST'
})

export const requestInit = checks

async function methodWith(arrives: Call['arrives'], member: string, value: unknown) {
  return (await arrives({ [member]: value })).method
}

async function readStatus(pending: Promise<Response>): Promise<number> {
  const response = await pending
  await response.text()
  return response.status
}

function named(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? 'undefined')
}
