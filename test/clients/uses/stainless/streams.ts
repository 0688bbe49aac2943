/**
 * Streams with any client that Stainless made: read, split, handed on, left, cut.
 *
 * @module
 */

import { abortedAfter, collected, first } from '../../seen.ts'
import type { Use } from '../../use.ts'
import type { Stainless, StainlessClient } from './client.ts'

export function streamUses<Client extends StainlessClient>({
  client,
  stream,
  calls: { answered, left },
  events: { sent, given },
}: Stainless<Client>): Use[] {
  return [
    {
      name: 'stream',
      calls: [answered],
      run: async (link) => collected(stream(client(link))),
    },
    {
      name: 'stream, left early by break',
      calls: [left],
      run: async (link) => first(given, stream(client(link, `stall-${sent}`))),
    },
    {
      name: 'stream, split by tee',
      calls: [answered],
      async run(link) {
        const [one, other] = (await stream(client(link))).tee()
        const events = await collected(one)
        return { events, again: await collected(other) }
      },
    },
    {
      name: 'stream, handed on by toReadableStream',
      calls: [answered],
      run: async (link) => new Response((await stream(client(link))).toReadableStream()).text(),
    },
    {
      name: 'stream, cut off by the network',
      calls: [left],
      run: async (link) => collected(stream(client(link, `cut-${sent}`))),
    },
    {
      name: 'stream, with an error in it',
      calls: [left],
      run: async (link) => collected(stream(client(link, `fail-${sent}`))),
    },
    {
      name: 'abort, in the middle of a stream',
      calls: [left],
      async run(link) {
        const controller = new AbortController()
        const { signal } = controller
        return abortedAfter(given, controller, stream(client(link, `stall-${sent}`), { signal }))
      },
    },
  ]
}
