/**
 * A line to the server on which it says what changed: a WebSocket or server-sent events, as it offers.
 *
 * @module
 */

/** Whether a message names the trace, or may mean it: as JSON, of what `worker/store/live.ts` has. */
export function names(message: string, trace: string): boolean {
  return message.includes(trace) || message.includes('"others":true')
}

export interface Ear {
  opened(): void
  heard(message: string): void
  /** Nothing more comes. Not told of what was hung up here. */
  lost(): void
}

export interface Line {
  hangUp(): void
}

const ADDRESS = '/v1/live'
const PING_MS = 30_000

/** `undefined` where the server has no line. */
export function callServer(ear: Ear): Line | undefined {
  switch (document.body.dataset.live) {
    case 'socket':
      return bySocket(ear)
    case 'events':
      return byEvents(ear)
  }
  return undefined
}

function bySocket({ opened, heard, lost }: Ear): Line {
  const url = new URL(ADDRESS, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const socket = new WebSocket(url)
  let isAnswered = true
  // A line that is cut somewhere on the way is not told to its ends.
  const ping = setInterval(() => {
    if (!isAnswered) return end()
    if (socket.readyState !== WebSocket.OPEN) return
    isAnswered = false
    socket.send('ping')
  }, PING_MS)
  let isOver = false

  function hangUp(): void {
    isOver = true
    clearInterval(ping)
    socket.close()
  }

  function end(): void {
    if (isOver) return
    hangUp()
    lost()
  }

  socket.addEventListener('open', opened)
  socket.addEventListener('close', end)
  socket.addEventListener('message', ({ data }) => {
    isAnswered = true
    if (data !== 'pong') heard(String(data))
  })
  return { hangUp }
}

function byEvents({ opened, heard, lost }: Ear): Line {
  const events = new EventSource(ADDRESS)
  events.addEventListener('open', opened)
  events.addEventListener('message', ({ data }) => heard(String(data)))
  events.addEventListener('error', () => {
    // Its own ways of trying again know no bound.
    events.close()
    lost()
  })
  return { hangUp: () => events.close() }
}
