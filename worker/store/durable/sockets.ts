/**
 * The pages that listen to a project, each by a WebSocket. While they only wait the object may sleep.
 *
 * @see https://developers.cloudflare.com/durable-objects/best-practices/websockets/
 * @module
 */

import { LISTEN_MS, MAX_LISTENERS, noPlace } from '../live.ts'

export interface Sockets {
  accept(welcome: string | undefined): Response
  isHeard(): boolean
  tell(message: string): void
}

/** One of those that an application may give; the page comes again. */
const AGAIN = 4001

export function sockets(context: DurableObjectState): Sockets {
  // Answered for a sleeping object: a connection on which nothing is said is cut on the way.
  context.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))

  return {
    accept(welcome) {
      if (context.getWebSockets().length >= MAX_LISTENERS) return noPlace()
      const { 0: theirs, 1: ours } = new WebSocketPair()
      context.acceptWebSocket(ours)
      ours.serializeAttachment(Date.now())
      if (welcome !== undefined) ours.send(welcome)
      return new Response(null, { status: 101, webSocket: theirs })
    },
    isHeard: () => context.getWebSockets().length > 0,
    tell(message) {
      for (const socket of context.getWebSockets()) {
        try {
          if (Date.now() - Number(socket.deserializeAttachment()) < LISTEN_MS) socket.send(message)
          else socket.close(AGAIN, 'come in again')
        } catch {
          // It is closing: who was there will come again.
        }
      }
    },
  }
}
