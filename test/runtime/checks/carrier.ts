/**
 * The carrier header, which makes one request the child of a span, in every way in which a request can
 * be given headers: it is taken off before the wire, also where the request is sent more than once.
 * What the wire saw is known by whoever runs this.
 *
 * @module
 */

import type { Span } from 'carrot-trace'
import type { Check, Place } from '../check.ts'
import { answerTo, CHAT, clients, streamed, whole } from '../clients.ts'

type Fetch = typeof globalThis.fetch

interface Case {
  name: string
  /** What is recorded of it, beneath its step; unless told a call with the case's name in it. */
  records?(place: Place): string[]
  run(step: Span, fetch: Fetch, url: string, name: string): Promise<unknown>
  /** Status 200 unless told. */
  gives?: unknown
}

const PATH = '/v1/chat/completions'

function body(content: string): string {
  return JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }] })
}

async function status(response: Promise<Response>): Promise<number> {
  const settled = await response
  await settled.text()
  return settled.status
}

const asked = (name: string) => [`${CHAT} “${name}”`]
/** The body is seen, or the model that answered is. */
const askedInRequest = (name: string) => (place: Place) =>
  place.looksIntoRequests ? asked(name) : [CHAT]

const CASES: readonly Case[] = [
  {
    name: 'an object',
    run: (step, fetch, url, name) =>
      status(fetch(url + PATH, { method: 'POST', body: body(name), headers: step.headers() })),
  },
  {
    name: 'an array',
    run: (step, fetch, url, name) => {
      const headers = Object.entries(step.headers())
      return status(fetch(url + PATH, { method: 'POST', body: body(name), headers }))
    },
  },
  {
    name: 'Headers',
    run: (step, fetch, url, name) => {
      const headers = new Headers(step.headers())
      return status(fetch(new URL(url + PATH), { method: 'POST', body: body(name), headers }))
    },
  },
  {
    name: 'a Request',
    records: askedInRequest('a Request'),
    run: (step, fetch, url, name) => {
      const init = { method: 'POST', body: body(name), headers: step.headers() }
      return status(fetch(new Request(url + PATH, init)))
    },
  },
  {
    name: 'a Request and an init',
    run: (step, fetch, url, name) => {
      const init = { method: 'POST', body: body(name), headers: step.headers() }
      return status(fetch(new Request(url + PATH, init), init))
    },
  },
  {
    name: 'a request that is redirected',
    run: (step, fetch, url, name) => {
      const init = { method: 'POST', body: body(name), headers: step.headers() }
      return status(fetch(`${url}/moved${PATH}`, init))
    },
  },
  {
    name: 'a Request that is redirected',
    records: askedInRequest('a Request that is redirected'),
    run: (step, fetch, url, name) => {
      const init = { method: 'POST', body: body(name), headers: step.headers() }
      return status(fetch(new Request(`${url}/moved${PATH}`, init)))
    },
  },
  {
    name: 'a call that its client tries again',
    gives: answerTo('a call that its client tries again'),
    run: (step, fetch, url, name) => {
      const { openai } = clients(fetch, `${url}/flaky`)
      return whole({ ...clients(fetch, url), openai, headers: step.headers() }, name)
    },
  },
  {
    name: 'a stream',
    gives: answerTo('a stream'),
    run: (step, fetch, url, name) =>
      streamed({ ...clients(fetch, url), headers: step.headers() }, name),
  },
  {
    name: 'a request that is no call',
    gives: 204,
    records: () => [],
    run: (step, fetch, url) => status(fetch(`${url}/turn`, { headers: step.headers() })),
  },
]

export const carrier: Check = {
  name: 'headers that name the parent are taken off',
  async run({ url }, recording) {
    const tracer = recording.tracer({ context: 'off' })
    const seen: Record<string, unknown> = {}
    for (const { name, run } of CASES) {
      seen[name] = await tracer.span(name, (step) => run(step, tracer.fetch, url, name))
    }
    return seen
  },
  seen: () => Object.fromEntries(CASES.map(({ name, gives = 200 }) => [name, gives])),
  delivered: (place) =>
    CASES.flatMap(({ name, records = () => asked(name) }) => [
      name,
      ...records(place).map((call) => `${name} > ${call}`),
    ]).toSorted(),
}
