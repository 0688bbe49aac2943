/**
 * Cassettes, faults and matchers: recorded here, replayed here, and let fail, the same everywhere.
 *
 * @module
 */

import { cassette, fault, matchers, memory, record, replay } from 'carrot-trace/testing'
import { createTracer } from 'carrot-trace'
import type { Check } from '../check.ts'
import { answerTo, CHAT, clients, streamed, whole } from '../clients.ts'

/** How reading a stream ends, after its first piece. */
async function rest(response: Response, leave = () => {}): Promise<string> {
  const reader = response.body?.getReader()
  await reader?.read()
  leave()
  for (;;) {
    try {
      const read = await reader?.read()
      if (!read || read.done) return 'closed'
    } catch (error) {
      return error instanceof Error ? error.name : String(error)
    }
  }
}

export const replayed: Check = {
  name: 'what was recorded is replayed',
  async run({ url }) {
    const real: typeof fetch = (input, init) => fetch(input, init)
    const tape = cassette()
    const flaky = fault({ status: 429, retryAfterMs: 1 }, real)
    const live = clients(record(flaky, tape), url)
    const said = [await whole(live, 'A parcel?'), await streamed(live, 'A letter? 你好')]

    const recorded = memory()
    const tracer = createTracer({
      exporters: [recorded],
      fetch: replay(JSON.parse(String(tape))),
      context: 'off', // which not every runtime has
    })
    const again = await tracer.span('answer', async (step) => {
      const offline = clients(step.fetch, url)
      return [await whole(offline, 'A parcel?'), await streamed(offline, 'A letter? 你好')]
    })

    const { request } = tape.recordings.at(-1) ?? {}
    const body = request?.body && 'json' in request.body ? JSON.stringify(request.body.json) : ''
    const asked = { method: 'POST', body }
    const address = request?.url ?? ''
    const none = replay(cassette())(address, asked)
    const leaving = new AbortController()
    const left = await replay(tape)(address, { ...asked, signal: leaving.signal })
    const cut = await fault({ cut: { afterEvents: 1 } }, replay(tape))(address, asked)
    return {
      said,
      again,
      statuses: tape.recordings.map(({ response }) => response?.status),
      attempts: recorded.records[0]?.call?.attempts?.length,
      tree: matchers.toHaveTree.call({}, recorded, ['answer', [CHAT, CHAT]]).pass,
      none: await none.catch((error: { code: string }) => error.code),
      aborted: await rest(left, () => leaving.abort()),
      cut: await rest(cut),
    }
  },
  seen() {
    const said = [answerTo('A parcel?'), answerTo('A letter? 你好')]
    return {
      said,
      again: said,
      statuses: [429, 200, 200],
      attempts: 1,
      tree: true,
      none: 'no_recording',
      aborted: 'AbortError',
      cut: 'TypeError',
    }
  },
  delivered: () => [],
}
