import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awsEventStream } from '../../../src/lib/framing/aws-event-stream.ts'
import { chunk, event, exception, joined, message } from '../../support/amazon.ts'

/** What is found in it, fed in pieces of this size. */
function read(bytes: Uint8Array, size = bytes.length || 1, maxChars = 10_000): unknown[] {
  const found: unknown[] = []
  const framing = awsEventStream(
    {
      payload: (payload) => found.push(payload),
      undecodable: () => found.push('undecodable'),
      overflow: () => found.push('overflow'),
      done: () => found.push('done'),
    },
    maxChars,
  )
  for (let at = 0; at < bytes.length; at += size) framing.push(bytes.slice(at, at + size))
  framing.end(true)
  return found
}

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const start = event('messageStart', { role: 'assistant', p: 'abcd' })
const started = { messageStart: { role: 'assistant', p: 'abcd' } }
const text = event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Grüße 👩‍👩‍👧' } })
const said = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Grüße 👩‍👩‍👧' } } }

describe('awsEventStream', () => {
  it('finds the same in pieces of any size', () => {
    const stream = joined([start, text, chunk({ type: 'ping', word: 'ä' }), message({}, '')])
    const found = [started, said, { type: 'ping', word: 'ä' }, 'undecodable']
    for (let size = 1; size <= stream.length; size += 1) expect(read(stream, size)).toEqual(found)
  })

  // Written by `EventStreamCodec` of @smithy/eventstream-codec 4.5.2, read by @aws-sdk/client-bedrock-runtime 3.1164.0.
  it('reads what Amazon’s own codec writes, and its client reads', () => {
    const written =
      'AAAAdgAAAFKW1freDTptZXNzYWdlLXR5cGUHAAVldmVudAs6ZXZlbnQtdHlwZQcADG1lc3NhZ2VTdGFydA06Y29udGVudC10eXBlBwAQYXBwbGljYXRpb24vanNvbnsicm9sZSI6ImFzc2lzdGFudCJ9HMa+GAAAAIcAAABhXFHiJQ06bWVzc2FnZS10eXBlBwAJZXhjZXB0aW9uDzpleGNlcHRpb24tdHlwZQcAE3Rocm90dGxpbmdFeGNlcHRpb24NOmNvbnRlbnQtdHlwZQcAEGFwcGxpY2F0aW9uL2pzb257Im1lc3NhZ2UiOiJUb28gbWFueSJ9A6JP8Q=='
    expect(read(Buffer.from(written, 'base64'))).toEqual([
      { messageStart: { role: 'assistant' } },
      { type: 'error', error: { type: 'throttlingException', message: 'Too many' } },
    ])
  })

  it.each<[what: string, bytes: Uint8Array, error: object]>([
    [
      'an exception',
      exception('validationException', { message: 'Malformed' }),
      { type: 'validationException', message: 'Malformed' },
    ],
    [
      'an exception that writes its message large',
      exception('internalServerException', { Message: 'Sorry' }),
      { type: 'internalServerException', message: 'Sorry' },
    ],
    [
      'an error',
      message({ ':message-type': 'error', ':error-code': 'Internal', ':error-message': 'No' }, ''),
      { type: 'Internal', message: 'No' },
    ],
  ])('tells of %s', (_, bytes, error) => {
    expect(read(bytes)).toEqual([{ type: 'error', error }])
  })

  it('passes over a message whose content is damaged, wherever it is', () => {
    for (let at = 12; at < start.length; at += 1) {
      expect(read(joined([damaged(start, at), text]))).toEqual(['undecodable', said])
    }
  })

  it('reads no further where lengths are damaged', () => {
    for (let at = 0; at < 12; at += 1) {
      expect(read(joined([text, damaged(start, at), text]))).toEqual([said, 'undecodable'])
    }
  })

  it('passes over a message that is longer than what may be held', () => {
    const long = event('contentBlockDelta', { delta: { text: 'x'.repeat(500) } })
    for (const size of [1, 100, 10_000]) {
      expect(read(joined([start, long, text]), size, 400)).toEqual([started, 'overflow', said])
    }
  })

  it('finds nothing in a message that is cut off', () => {
    for (let length = 0; length < text.length; length += 1) {
      expect(read(joined([start, text.slice(0, length)]))).toEqual([started])
    }
  })

  it.each([
    ['base64 that is none', event('chunk', { bytes: '*' })],
    ['a chunk of no JSON', event('chunk', { bytes: 'eA==' })],
    ['a chunk of nothing', event('chunk', {})],
    ['a body of no JSON', message({ ':event-type': 'messageStart' }, '{')],
  ])('counts %s as not decodable', (_, bytes) => {
    expect(read(joined([bytes, text]))).toEqual(['undecodable', said])
  })

  it('survives any bytes', () => {
    const sizes = fc.integer({ min: 1, max: 50 })
    fc.assert(fc.property(fc.uint8Array(), sizes, (bytes, size) => void read(bytes, size)))
  })

  it('survives any headers in a message that is sound', () => {
    const any = fc.dictionary(fc.string({ maxLength: 30 }), fc.string({ maxLength: 60 }))
    fc.assert(fc.property(any, fc.string(), (headers, body) => void read(message(headers, body))))
  })
})
