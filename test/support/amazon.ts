/**
 * Messages of Amazon's binary event stream, as Bedrock writes them.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 * @module
 */

import { crc32 } from 'node:zlib'

export function message(headers: Record<string, string>, body: object | string): Uint8Array {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const head = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [
      Buffer.from([Buffer.byteLength(name)]),
      Buffer.from(name),
      Buffer.from([7, 0, Buffer.byteLength(value)]),
      Buffer.from(value),
    ]),
  )
  const payload = Buffer.from(text)
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(16 + head.length + payload.length)
  lengths.writeUInt32BE(head.length, 4)
  const prelude = Buffer.concat([lengths, checksum(lengths)])
  const all = Buffer.concat([prelude, head, payload])
  return new Uint8Array(Buffer.concat([all, checksum(all)]))
}

const JSON_TYPE = { ':content-type': 'application/json' }

export function event(name: string, body: object): Uint8Array {
  return message({ ':event-type': name, ...JSON_TYPE, ':message-type': 'event' }, body)
}

export function exception(name: string, body: object): Uint8Array {
  return message({ ':exception-type': name, ...JSON_TYPE, ':message-type': 'exception' }, body)
}

/** An event that is named by its one member, with the padding that Bedrock adds. */
export function named(said: object): Uint8Array {
  return joined(Object.entries(said).map(([name, body]) => event(name, { ...body, p: 'abcdefgh' })))
}

/** A model's own event, as InvokeModel passes it on. */
export function chunk(said: object): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(said)).toString('base64')
  return event('chunk', { bytes, p: 'abcdefgh' })
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts))
}

function checksum(bytes: Uint8Array): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(crc32(bytes))
  return four
}
