/** A request that is sent piece by piece, as slow senders and cut lines send it. */

import { connect } from 'node:net'

export interface SlowRequest {
  write(text: string): void
  cut(): void
  /** Settles when the answer's first line is here; nothing where the line was closed without one. */
  status: Promise<number | undefined>
}

export function slowRequest(url: string, key: string, length: number): Promise<SlowRequest> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const { promise: status, resolve: answered } = Promise.withResolvers<number | undefined>()
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
      const [, code] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? []
      if (code !== undefined) answered(Number(code))
    })
    socket.on('error', reject)
    socket.on('close', () => answered(undefined))
    socket.on('connect', () => {
      socket.write(
        `POST /v1/traces/ingest HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${key}\r\n` +
          `content-type: application/json\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`,
      )
      resolve({ write: (part) => void socket.write(part), cut: () => socket.destroy(), status })
    })
  })
}
