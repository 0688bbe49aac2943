/**
 * Streams and responses.
 *
 * @module
 */

import { as, error, FAILED, ok, readAll, SILENT, streamOf, type Case } from './case.ts'

function bytes(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    type: 'bytes',
    start(controller) {
      controller.enqueue(new TextEncoder().encode('bytes'))
      controller.close()
      controller.byobRequest?.respond(0)
    },
  })
}

export const STREAMS: readonly Case[] = [
  {
    name: 'a stream of values',
    fn: () => streamOf([1, { two: 2 }]),
    use: (call) => readAll(as(call())),
    record: ok([1, { two: 2 }]),
  },
  {
    name: 'a stream that is cancelled',
    fn: () => streamOf(['a', 'b', 'c']),
    async use(call) {
      const reader = as<ReadableStream<string>>(call()).getReader()
      const first = await reader.read()
      await reader.cancel('enough')
      return [first, await reader.read()]
    },
    record: ok('[ReadableStream, 0 bytes, cancelled]'),
  },
  {
    name: 'a stream that fails',
    fn: () => streamOf(['a'], error),
    use: (call) => readAll(as(call())),
    record: FAILED,
  },
  {
    name: 'a stream that somebody reads already',
    fn() {
      const stream = streamOf(['a'])
      stream.getReader()
      return stream
    },
    use: (call) => as<ReadableStream>(call()).locked,
    record: SILENT,
  },
  {
    name: 'a stream of bytes, read into a buffer of the reader',
    fn: bytes,
    async use(call) {
      const reader = as<ReadableStream>(call()).getReader({ mode: 'byob' })
      const { value } = await reader.read(new Uint8Array(9))
      return [value, await reader.read(new Uint8Array(9))]
    },
    record: ok('[ReadableStream, 5 bytes]'),
  },
  {
    name: 'a Response',
    fn: () => new Response('hello', { status: 201, headers: { a: 'b' } }),
    async use(call) {
      const response = as<Response>(call())
      return [response.status, response.headers.get('a'), await response.text(), response.bodyUsed]
    },
    record: ok('[Response 201, 5 bytes]'),
  },
  {
    name: 'a Response without a body',
    fn: () => new Response(null, { status: 204 }),
    use: (call) => as<Response>(call()).body,
    record: SILENT,
  },
  {
    name: 'a Response that is let go of',
    fn: () => new Response(streamOf([new Uint8Array(3), new Uint8Array(4)])),
    async use(call) {
      const reader = as<Response>(call()).body?.getReader()
      const first = await reader?.read()
      await reader?.cancel()
      return first
    },
    record: ok('[Response 200, 3 bytes, cancelled]'),
  },
  {
    name: 'a Response whose body fails',
    fn: () => new Response(streamOf([new Uint8Array(3)], error)),
    use: (call) => as<Response>(call()).text(),
    record: FAILED,
  },
  {
    name: 'a Response that is copied',
    fn: async () => new Response('twice'),
    async use(call) {
      const response = as<Response>(await call())
      const copy = response.clone()
      return [await response.text(), await copy.text()]
    },
    record: ok('[Response 200, 5 bytes]'),
  },
]
