/**
 * Readers that bring their own buffer.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, Unsupported, type Answer } from './check.ts'

const { checks, check } = section('own buffer', 'streams.spec #byob-reader-class')

const abc: Answer = { pieces: ['abcdefghij'] }

/** Not every runtime has them for bodies. */
function ownBuffer(response: Response): ReadableStreamBYOBReader {
  try {
    return streamOf(response).getReader({ mode: 'byob' })
  } catch (error) {
    void response.body?.cancel()
    throw new Unsupported(`a reader with a buffer of its own: ${error}`)
  }
}

const text = (view: ArrayBufferView | undefined) =>
  view && new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))

for (const size of [1, 3, 10, 64]) {
  check(`reads with ${size} bytes`, 'abcdefghij', async ({ answer }) => {
    const reader = ownBuffer(await answer(abc))
    const seen: (string | undefined)[] = []
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(size))
      if (done) return seen.join('')
      if (value.byteLength > size) return 'too much'
      seen.push(text(value))
    }
  })
}
check('the end gives the buffer back, empty', [true, 0, 8], async ({ answer }) => {
  const reader = ownBuffer(await answer({ pieces: ['ab'] }))
  await reader.read(new Uint8Array(8))
  const { done, value } = await reader.read(new Uint8Array(8))
  return [done, value?.byteLength, value?.buffer.byteLength]
})
check('the buffer is taken', 0, async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const view = new Uint8Array(4)
  await reader.read(view)
  await reader.cancel()
  return view.byteLength
})
check('into a part of a buffer', [2, 3, 'abc', 8], async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const { value } = await reader.read(new Uint8Array(new ArrayBuffer(8), 2, 3))
  await reader.cancel()
  return [value?.byteOffset, value?.byteLength, text(value), value?.buffer.byteLength]
})
check('into a DataView', ['DataView', 'abcd'], async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const { value } = await reader.read(new DataView(new ArrayBuffer(4)))
  await reader.cancel()
  return [value?.constructor.name, text(value)]
})
check('into words of two bytes', ['Uint16Array', 'abcd'], async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const { value } = await reader.read(new Uint16Array(2))
  await reader.cancel()
  return [value?.constructor.name, text(value)]
})
check('into words that the end does not fill', OPEN, async ({ answer }) => {
  const reader = ownBuffer(await answer({ pieces: ['abc'] }))
  const { done, value } = await reader.read(new Uint16Array(4))
  return [done, text(value), await failure(reader.read(new Uint16Array(4)))]
})
check('an empty view', threw('TypeError'), async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const error = await failure(reader.read(new Uint8Array(0)))
  await reader.cancel()
  return error
})
check('a view that was taken before', threw('TypeError'), async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const view = new Uint8Array(2)
  await reader.read(view)
  const error = await failure(reader.read(view))
  await reader.cancel()
  return error
})
check('no view', threw('TypeError'), async ({ answer }) => {
  const reader = ownBuffer(await answer(abc))
  const error = await failure(async () => Reflect.apply(reader.read, reader, []))
  await reader.cancel()
  return error
})
check('at least so many bytes', OPEN, async ({ answer, more }) => {
  const reader = ownBuffer(await answer({ pieces: ['ab', 'cd', 'ef'], inSteps: true }))
  const waiting = reader.read(new Uint8Array(8), { min: 3 })
  await more()
  await more()
  const first = text((await waiting).value)
  await more()
  const rest = text((await reader.read(new Uint8Array(8), { min: 8 })).value)
  await reader.cancel()
  return [(first?.length ?? 0) >= 3, `${first}${rest}`]
})
for (const min of [0, 9]) {
  check(`at least ${min} of 8 bytes`, OPEN, async ({ answer }) => {
    const reader = ownBuffer(await answer(abc))
    const error = await failure(reader.read(new Uint8Array(8), { min }))
    await reader.cancel()
    return error
  })
}
check('several reads that wait', ['ab', 'cd', 'ef'], async ({ answer, more }) => {
  const reader = ownBuffer(await answer({ pieces: ['ab', 'cd', 'ef'], inSteps: true }))
  const reads = [1, 2, 3].map(() => reader.read(new Uint8Array(2)))
  for (const read of reads) read.catch(() => {}) // workerd's own streams refuse the second at once
  const seen = []
  for (const read of reads) {
    seen.push(text((await read).value))
    await more()
  }
  await reader.cancel()
  return seen
})
check('cancel() while one waits', OPEN, async ({ answer, left }) => {
  const reader = ownBuffer(await answer({ pieces: ['ab'], ending: 'hang' }))
  const first = text((await reader.read(new Uint8Array(8))).value)
  const waiting = reader.read(new Uint8Array(8))
  await reader.cancel('enough')
  const { done, value } = await waiting
  return [first, done, value === undefined, await left()]
})
check('a broken body', threw('TypeError'), async ({ answer }) => {
  const reader = ownBuffer(await answer({ pieces: ['ab'], ending: 'cut' }))
  await reader.read(new Uint8Array(8))
  return failure(reader.read(new Uint8Array(8)))
})
check('an abort', 'mine', async ({ answer }) => {
  const controller = new AbortController()
  const { signal } = controller
  const reader = ownBuffer(await answer({ pieces: ['ab'], ending: 'hang' }, { signal }))
  await reader.read(new Uint8Array(8))
  const waiting = reader.read(new Uint8Array(8))
  controller.abort('mine')
  return waiting.catch((reason: unknown) => reason)
})
check('first one kind of reader, then the other', 'abcdefghij', async ({ answer }) => {
  const response = await answer(abc)
  const own = ownBuffer(response)
  const first = text((await own.read(new Uint8Array(3))).value)
  own.releaseLock()
  const reader = streamOf(response).getReader()
  const rest = text((await reader.read()).value)
  await reader.cancel()
  return `${first}${rest}`
})
check('of a copy', ['abcde', 'abcdefghij'], async ({ answer }) => {
  const response = await answer(abc)
  const copy = response.clone()
  const reader = ownBuffer(copy)
  const first = text((await reader.read(new Uint8Array(5))).value)
  void reader.cancel()
  return [first, await response.text()]
})
check('closed', 'closed', async ({ answer }) => {
  const reader = ownBuffer(await answer({ pieces: ['ab'] }))
  while (!(await reader.read(new Uint8Array(8))).done);
  return reader.closed.then(() => 'closed')
})

export const byob = checks
