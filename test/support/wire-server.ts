/**
 * A server that answers calls in every way a wire can: the first part of the path says how.
 *
 * `POST /<way>/v1/chat/completions`. `GET /seen/<id>/<moment>` is answered when that has happened to
 * the request with this id, sent as `x-id`; `GET /more/<id>` has an answer go on that is told in steps.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { listen, type Listening } from '../../examples/model-apis/listen.ts'
import { happens, untilSeen } from './moments.ts'
import { more, tell, untilMore } from './told.ts'

const REPLY = {
  id: 'c1',
  model: 'gpt-4o-2024-11-20',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Hello — 你好 👋' }, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
}
const JSON_TYPE = { 'content-type': 'application/json' }
const SSE_TYPE = { 'content-type': 'text/event-stream' }
const text = JSON.stringify(REPLY)
const event = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`
const STOP = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`
/** Between two writes, so that each arrives as a chunk of its own. */
const GAP_MS = 15

type Way = (
  response: ServerResponse,
  request: IncomingMessage,
  body: Buffer,
) => void | Promise<void>

const WAYS: Record<string, Way> = {
  json: (response) => whole(response, 200, JSON_TYPE, text),
  chunked: (response) => pieces(response, JSON_TYPE, [text.slice(0, 20), text.slice(20)]),
  gzip: (response) =>
    whole(response, 200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync(text)),
  empty: (response) => whole(response, 200, JSON_TYPE, ''),
  none: (response) => void response.writeHead(204).end(),
  'not-modified': (response) => void response.writeHead(304).end(),
  redirect: (response) =>
    void response.writeHead(307, { location: '/json/v1/chat/completions' }).end(),
  'see-other': (response) => void response.writeHead(303, { location: '/see/v1/models' }).end(),
  'not-found': (response) =>
    whole(
      response,
      404,
      JSON_TYPE,
      '{"error":{"message":"no such model","type":"not_found"}}',
      'Nothing Here',
    ),
  html: (response) => whole(response, 500, { 'content-type': 'text/html' }, '<h1>oops</h1>'),
  'no-json': (response) => whole(response, 200, JSON_TYPE, '{"choices": ['),
  form: (response) =>
    whole(response, 200, { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1&b=2'),
  cookies: (response) =>
    whole(
      response,
      200,
      { ...JSON_TYPE, 'set-cookie': ['a=1', 'b=2'], 'x-request-id': 'req_1' },
      text,
    ),
  big: (response) =>
    pieces(response, JSON_TYPE, [
      text.slice(0, -1),
      ...Array.from({ length: 16 }, () => ' '.repeat(65_536)),
      '}',
    ]),
  stream: (response) =>
    pieces(response, SSE_TYPE, [event('Hel'), event('lo '), event('👋'), STOP, 'data: [DONE]\n\n']),
  steps: (response, request) =>
    pieces(response, SSE_TYPE, [event('Hel'), event('lo '), event('👋'), STOP], () =>
      untilMore(idOf(request)),
    ),
  'split-stream': (response) =>
    pieces(response, SSE_TYPE, [
      event('Hel').slice(0, 9),
      event('Hel').slice(9) + event('👋').slice(0, 40),
      event('👋').slice(40),
      STOP,
    ]),
  'bad-stream': (response) =>
    pieces(response, SSE_TYPE, [
      event('a'),
      'data: {broken\n\n',
      ': comment\n\n',
      event('b'),
      STOP,
    ]),
  'error-in-stream': (response) =>
    pieces(response, SSE_TYPE, [
      event('a'),
      'data: {"error":{"message":"overloaded","type":"server_error"}}\n\n',
    ]),
  short: (response) => pieces(response, SSE_TYPE, [event('Hel'), event('lo')]),
  cut: async (response, request) => {
    response.writeHead(200, SSE_TYPE).write(event('Hel'))
    await untilMore(idOf(request))
    response.destroy()
  },
  'cut-json': async (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' }).write(text.slice(0, 30))
    await pause()
    response.destroy()
  },
  die: (response) => void response.destroy(),
  hang: (response) => void response.writeHead(200, SSE_TYPE).write(event('Hel')),
  'hang-before-head': (_, request) => happens(idOf(request), 'waiting'),
  told: (response, request, body) => tell(response, String(body), idOf(request)),
  echo: (response, { method, headers }, body) => {
    const named = {
      ...headers,
      host: undefined,
      'x-id': undefined,
      'user-agent': undefined,
      origin: undefined,
      referer: undefined,
    }
    for (const name of Object.keys(named))
      if (/^sec-|boundary/.test(name)) Reflect.deleteProperty(named, name)
    const type = String(headers['content-type'] ?? '').replace(/boundary=.*/, 'boundary')
    const bytes = type.startsWith('multipart') ? body.length : body.toString('base64')
    whole(
      response,
      200,
      JSON_TYPE,
      JSON.stringify({
        choices: REPLY.choices,
        text: 'a transcript',
        method,
        headers: { ...named, 'content-type': type },
        bytes,
      }),
    )
  },
}

export function serveWire(): Promise<Listening> {
  return listen(
    createServer((request, response) => {
      answerOnWire(request, response).catch(() => response.destroy())
    }),
  )
}

export async function answerOnWire(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, first = '', second = '', third = ''] = (request.url ?? '').split('/')
  if (first === 'seen') {
    const seen = await untilSeen(second, third)
    return whole(response, 200, JSON_TYPE, JSON.stringify({ seen }))
  }
  if (first === 'more') {
    more(second)
    return whole(response, 200, JSON_TYPE, '{}')
  }
  if (request.method === 'GET') return whole(response, 200, JSON_TYPE, '{"object":"list"}')
  const id = request.headers['x-id']
  response.on('close', () => {
    if (id && !response.writableEnded) happens(String(id), 'closed')
  })
  const body: Buffer[] = []
  for await (const chunk of request) body.push(Buffer.from(chunk))
  const way = WAYS[first]
  if (!way) return whole(response, 400, JSON_TYPE, `{"error":"no way called ${first}"}`)
  await way(response, request, Buffer.concat(body))
}

function whole(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | string[]>,
  body: string | Buffer,
  reason?: string,
): void {
  if (reason) response.statusMessage = reason
  response
    .writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) })
    .end(body)
}

async function pieces(
  response: ServerResponse,
  headers: Record<string, string>,
  parts: readonly string[],
  between = pause,
): Promise<void> {
  response.writeHead(200, headers)
  for (const part of parts) {
    response.write(part)
    await between()
  }
  response.end()
}

function idOf({ headers }: IncomingMessage): string {
  return String(headers['x-id'])
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, GAP_MS))
}
