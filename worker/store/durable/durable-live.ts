/**
 * News on Workers: a page's WebSocket ends in the Durable Object of its project.
 *
 * @module
 */

import type { Live } from '../live.ts'
import type { ProjectObject } from './project.ts'

export function durableLive(projects: DurableObjectNamespace<ProjectObject>): Live {
  return {
    transport: 'socket',
    async open(project, request) {
      if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
        return new Response('This is told by a WebSocket.', {
          status: 426,
          headers: { upgrade: 'websocket', connection: 'upgrade' },
        })
      }
      const stub = projects.get(projects.idFromName(project))
      // Of the request nothing else is of interest there.
      const answer = await stub.fetch('https://project/', { headers: { upgrade: 'websocket' } })
      return answer.webSocket
        ? new Response(null, { status: 101, webSocket: answer.webSocket })
        : new Response(answer.body, answer)
    },
  }
}
