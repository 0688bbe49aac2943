/**
 * What a collector may do with a request that it has read.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Exchange {
  incoming: IncomingMessage
  outgoing: ServerResponse
  /** Of the records that came. */
  ids: readonly string[]
  /** Keeps the records. */
  store(): void
  /** Keeps them, or these of them, and says so. */
  accept(
    headers?: Record<string, string>,
    errors?: readonly object[],
    kept?: readonly string[],
  ): void
  /** Settles when it is to answer. */
  told: Promise<void>
  /** Another origin, that takes records too. */
  elsewhere: string
}

const JSON_TYPE = { 'content-type': 'application/json' }
const DAY_MS = 86_400_000
const CHUNK = ' '.repeat(65_536)

const WAYS = {
  fine: ({ accept }) => accept(),
  waits: ({ told, accept }) => told.then(() => accept()),
  '500': ({ outgoing }) => refuse(outgoing, 500, 'out of order'),
  '429': ({ outgoing }) => refuse(outgoing, 429, 'too many', { 'retry-after': '1' }),
  '503 until a time': ({ outgoing }) =>
    refuse(outgoing, 503, 'later', { date: tomorrow(), 'retry-after': tomorrow(1_000) }),
  'fine, a day ahead': ({ accept }) => accept({ date: tomorrow() }),
  '401': ({ incoming: { headers }, outgoing }) =>
    refuse(outgoing, 401, `unknown key ${headers.authorization?.replace('Bearer ', '')}`),
  'four at most': ({ ids, outgoing, accept }) =>
    ids.length > 4 ? refuse(outgoing, 413, 'too large') : accept(),
  'four at most, later': ({ ids, outgoing }) =>
    ids.length > 4 ? refuse(outgoing, 413, 'too large') : refuse(outgoing, 503, 'later'),
  'none at all': ({ outgoing }) => refuse(outgoing, 413, 'too large'),
  'some refused': ({ incoming: { headers }, ids, accept }) => {
    const [first, , third] = ids
    const errors = [
      { index: 0, id: first, error: 'bad date' },
      { index: 1, error: 'bad date' },
      { id: third, error: `too old for ${headers.authorization?.replace('Bearer ', '')}` },
    ]
    accept({}, errors, ids.slice(3))
  },
  'forgets the first': ({ ids, accept }) => accept({}, [], ids.slice(1)),
  '202 with broken JSON': ({ outgoing }) => say(outgoing, 202, '{"traces":[{"id":'),
  '202 with other JSON': ({ outgoing }) => say(outgoing, 202, '{"ok":true,"traces":null}'),
  '200 with HTML': ({ outgoing }) => page(outgoing),
  '200 without end': ({ outgoing }) => {
    const more = () => {
      while (!outgoing.destroyed && outgoing.write(CHUNK));
    }
    outgoing.writeHead(200, JSON_TYPE).on('drain', more)
    more()
  },
  'closes before it has read': ({ outgoing }) => outgoing.destroy(),
  'stores, and closes in its answer': ({ outgoing, store }) => {
    store()
    const headers = { ...JSON_TYPE, 'content-length': '1000' }
    outgoing.writeHead(202, headers).write('{"traces":[', () => outgoing.destroy())
  },
  '307 to another path': ({ incoming, outgoing }) =>
    outgoing.writeHead(307, { location: `${incoming.url}?again` }).end(),
  '302 to a page': ({ outgoing }) => outgoing.writeHead(302, { location: '/page' }).end(),
  '307 elsewhere': ({ outgoing, elsewhere }) =>
    outgoing.writeHead(307, { location: elsewhere }).end(),
} satisfies Record<string, (exchange: Exchange) => unknown>

export type Way = keyof typeof WAYS

export function answer(way: Way, exchange: Exchange): void {
  void WAYS[way](exchange)
}

export function say(outgoing: ServerResponse, status: number, text: string, headers = {}): void {
  outgoing.writeHead(status, { ...JSON_TYPE, ...headers }).end(text)
}

export function refuse(
  outgoing: ServerResponse,
  status: number,
  error: string,
  headers: Record<string, string> = {},
): void {
  say(outgoing, status, JSON.stringify({ error }), headers)
}

export function page(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
}

/** As a header says it. */
function tomorrow(later = 0): string {
  return new Date(Date.now() + DAY_MS + later).toUTCString()
}
