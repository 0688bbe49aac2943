/**
 * A collector for each fault, at an address of its own, and the account of what each has kept.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createListener, type Socket } from 'node:net'
import { listen } from '../../examples/model-apis/listen.ts'
import type { IngestBody } from '../../src/lib/ingest.ts'
import { slug, type Fault } from './fault.ts'
import { answer, page, refuse, say } from './ways.ts'

export interface Kept {
  /** How many records came in each request. */
  requests: number[]
  /** Ids of records that were stored, as often as they were. */
  stored: string[]
  /** Ids of those of whom that was said in full. */
  acknowledged: string[]
}

export interface Misbehaving {
  /** Where the collector with this fault is to be found. */
  addressOf(fault: Fault): string
  keptBy(fault: Fault): Kept
  /** What came to another origin, each by its key. */
  readonly leaked: string[]
  close(): Promise<void>
}

export async function misbehaving(faults: readonly Fault[]): Promise<Misbehaving> {
  const leaked: string[] = []
  const elsewhere = await listen(
    createServer((incoming, outgoing) => {
      leaked.push(incoming.headers.authorization ?? 'without a key')
      incoming.resume()
      refuse(outgoing, 401, 'no key')
    }),
  )
  const collectors = new Map(faults.map((fault) => [slug(fault), collectorWith(fault)]))
  const server = await listen(
    createServer((incoming, outgoing) => {
      const [, first = '', second = ''] = (incoming.url ?? '').split('/')
      const collector = collectors.get(first)
      if (!collector) return page(outgoing)
      if (second === 'answer') collector.letAnswer(outgoing)
      else void collector.take(incoming, outgoing, elsewhere.url)
    }),
  )
  const nobody = await listen(createServer())
  await nobody.close()
  const deaf = await halfOpen()

  return {
    leaked,
    addressOf(fault) {
      if (fault.instead === 'nobody') return nobody.url
      return fault.instead ? deaf.url : `${server.url}/${slug(fault)}`
    },
    keptBy: (fault) =>
      collectors.get(slug(fault))?.kept ?? { requests: [], stored: [], acknowledged: [] },
    close: async () =>
      void (await Promise.all([server, elsewhere, deaf].map((one) => one.close()))),
  }
}

function collectorWith({ answers }: Fault) {
  const kept: Kept = { requests: [], stored: [], acknowledged: [] }
  let letGo = () => {}
  const told = new Promise<void>((resolve) => (letGo = resolve))
  let turn = 0
  return {
    kept,
    letAnswer(outgoing: ServerResponse) {
      letGo()
      say(outgoing, 200, '{}')
    },
    async take(
      incoming: IncomingMessage,
      outgoing: ServerResponse,
      elsewhere: string,
    ): Promise<void> {
      const way = answers[Math.min(turn, answers.length - 1)] ?? 'fine'
      turn += 1
      if (way === 'closes before it has read') return void incoming.destroy()
      const ids = await idsOf(incoming)
      kept.requests.push(ids.length)
      answer(way, {
        incoming,
        outgoing,
        ids,
        elsewhere,
        told,
        store: () => void kept.stored.push(...ids),
        accept(headers = {}, errors = [], good = ids) {
          kept.stored.push(...good)
          kept.acknowledged.push(...good)
          const traces = good.map((id) => ({ id }))
          say(outgoing, 202, JSON.stringify({ traces, errors }), headers)
        },
      })
    },
  }
}

async function idsOf(incoming: IncomingMessage): Promise<string[]> {
  const body: Buffer[] = []
  for await (const chunk of incoming) body.push(Buffer.from(chunk))
  const { traces } = JSON.parse(Buffer.concat(body).toString()) as IngestBody
  return traces.map(({ id = '' }) => id)
}

/** Connections are taken, and nothing is read from them. */
async function halfOpen() {
  const sockets = new Set<Socket>()
  const server = createListener({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}) // whoever waited has left
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
