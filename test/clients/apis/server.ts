/**
 * All model APIs on one port: `/<run>/<way>/<api>/…` answers as the API does, in the way asked for.
 *
 * `GET /<run>/seen` tells what the server saw of a run, `GET /<run>/arrived` when its first request
 * has come.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, type Listening } from '../../../examples/model-apis/listen.ts'
import { parse } from '../../../src/lib/json.ts'
import type { Api } from './api.ts'
import { anthropicApi } from './anthropic.ts'
import { cohereApi } from './cohere.ts'
import { geminiApi } from './gemini.ts'
import { groqApi } from './groq.ts'
import { mistralApi } from './mistral.ts'
import { ollamaApi } from './ollama.ts'
import { openaiApi } from './openai.ts'
import { headersOf, runOf, type SeenRequest } from './runs.ts'
import { behaviour } from './ways.ts'

export const APIS = {
  anthropic: anthropicApi,
  cohere: cohereApi,
  gemini: geminiApi,
  groq: groqApi,
  mistral: mistralApi,
  ollama: ollamaApi,
  openai: openaiApi,
}

export type ApiName = keyof typeof APIS

export function serveApis(): Promise<Listening> {
  return listen(
    createServer((request, response) => {
      serve(request, response).catch(() => response.destroy())
    }),
  )
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [, id = '', way = '', name = '', ...rest] = url.pathname.split('/')
  const run = runOf(id)
  if (way === 'seen') return send(response, Response.json(run.requests))
  if (way === 'arrived') return send(response, Response.json({ arrived: await run.arrived }))
  const body: Buffer[] = []
  for await (const chunk of request) body.push(Buffer.from(chunk))
  const text = Buffer.concat(body).toString()
  const path = `/${rest.join('/')}`
  const seen: SeenRequest = {
    method: request.method ?? 'GET',
    path: `/${name}${path}${url.search}`,
    headers: headersOf(request),
    body: text,
    end: 'open',
  }
  run.add(seen, response)
  const api = apiOf(name)
  const behaves = behaviour(way)
  const nth = run.requests.length
  if (behaves.hangs(nth)) return
  if (behaves.refuses(nth)) return send(response, refusal(api, seen))
  if (isRefused(seen)) return send(response, api.failure(401, 'Incorrect API key provided.'))
  const { stallAfter, cutAfter, failAfter } = behaves
  const pace = { first: 0, next: 0, ...(stallAfter && { stallAfter }) }
  const { method } = seen
  const { searchParams: query } = url
  const answer = await api.answer({ method, path, query, body: parse(text), text, pace })
  await send(response, answer ?? api.failure(404, `Nothing at ${method} ${path}.`), {
    after: cutAfter ?? failAfter,
    async end(outgoing) {
      if (cutAfter) return void outgoing.socket?.end()
      outgoing.end(api.inStream(await api.failure(500, 'Overloaded.').text()))
    },
  })
}

function apiOf(name: string): Api {
  const found = Object.entries(APIS).find(([known]) => known === name)
  if (!found) throw new Error(`No API is called ${name}.`)
  return found[1]
}

/** Keys that begin with `sk-wrong` are no keys. */
function isRefused({ headers }: SeenRequest): boolean {
  const { authorization, 'x-api-key': key, 'x-goog-api-key': google } = headers
  return (authorization ?? key ?? google ?? '').includes('sk-wrong')
}

/** Refused for now; every client that reads how long to wait is told not to. */
function refusal(api: Api, seen: SeenRequest): Response {
  seen.end = 'refused'
  const response = api.failure(429, 'Too many requests.')
  response.headers.set('retry-after-ms', '1')
  response.headers.set('retry-after', '0')
  return response
}

/** How an answer ends before its time. */
interface Early {
  after: number | undefined
  end(outgoing: ServerResponse): void | Promise<void>
}

async function send(outgoing: ServerResponse, answer: Response, early?: Early): Promise<void> {
  outgoing.sendDate = false
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
  outgoing.flushHeaders()
  if (!answer.body) return void outgoing.end()
  const reader = answer.body.getReader()
  outgoing.on('close', () => void reader.cancel().catch(() => {})) // the client has gone
  for (let sent = 0; !outgoing.destroyed; sent += 1) {
    if (early && sent === early.after) return early.end(outgoing)
    const { done, value } = await reader.read()
    if (done) break
    await new Promise((written) => outgoing.write(value, written))
  }
  outgoing.end()
}
