/**
 * The body as a stream: readers, and all that a stream can be connected to.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, Unsupported, type Answer } from './check.ts'

const { checks, check } = section('stream', 'streams.spec #rs-class, #default-reader-class')

const three: Answer = { pieces: ['ab', 'cd', 'ef'], inSteps: true }
const hanging: Answer = { pieces: ['ab'], ending: 'hang' }
type Result = ReadableStreamReadResult<Uint8Array> | undefined

const said = (result: Result) => (result?.done ? 'done' : new TextDecoder().decode(result?.value))

check('chunks are those of the network', ['ab', 'cd', 'ef', 'done'], async ({ answer, more }) => {
  const reader = streamOf(await answer(three)).getReader()
  const seen = []
  for (let read = 0; read < 4; read += 1) {
    seen.push(said(await reader.read()))
    await more()
  }
  return seen
})
check('chunks own their buffers', [[true, 0, 2]], async ({ answer }) => {
  const reader = streamOf(await answer({ pieces: ['ab'] })).getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return [[value instanceof Uint8Array, value?.byteOffset === 0 ? 0 : 'more', value?.byteLength]]
})
check('a chunk can be changed', 'xb', async ({ answer }) => {
  const reader = streamOf(await answer({ pieces: ['ab'] })).getReader()
  const result = await reader.read()
  if (result.value) result.value[0] = 120
  const { done } = await reader.read()
  return done && said(result)
})
check('reads that wait are answered in their order', OPEN, async ({ answer, more }) => {
  const reader = streamOf(await answer(three)).getReader()
  const seen: string[] = []
  const note = (name: string) => (result: Result) => void seen.push(`${name} ${said(result)}`)
  const reads = [1, 2, 3, 4].map((index) => reader.read().then(note(String(index))))
  for (const read of reads) read.catch(() => {}) // workerd's own streams refuse the second at once
  void reader.closed.then(() => seen.push('closed'))
  for (let step = 0; step < 3; step += 1) {
    await reads[step]
    await more()
  }
  await Promise.all(reads)
  await reader.closed
  return seen
})
check('reads after the end', ['ab', 'done', 'closed', 'done'], async ({ answer }) => {
  const reader = streamOf(await answer({ pieces: ['ab'] })).getReader()
  const seen = [said(await reader.read()), said(await reader.read())]
  await reader.closed
  seen.push('closed', said(await reader.read()))
  return seen
})
check('a broken body fails reads and closed alike', [true, true], async ({ answer }) => {
  const reader = streamOf(await answer({ pieces: ['ab'], ending: 'cut' })).getReader()
  await reader.read()
  const one: unknown = await reader.read().catch((error: unknown) => error)
  const two: unknown = await reader.read().catch((error: unknown) => error)
  const closed: unknown = await reader.closed.catch((error: unknown) => error)
  return [one === two, one === closed]
})
check('a broken body fails cancel()', OPEN, async ({ answer }) => {
  const body = streamOf(await answer({ pieces: ['ab'], ending: 'cut' }))
  const reader = body.getReader()
  await reader.read()
  const read = await failure(reader.read())
  reader.releaseLock()
  return [read, await failure(body.cancel())]
})
check('locked', [false, true, false], async ({ answer }) => {
  const body = streamOf(await answer())
  const before = body.locked
  const reader = body.getReader()
  const meanwhile = body.locked
  reader.releaseLock()
  await body.cancel()
  return [before, meanwhile, body.locked]
})
for (const [name, use] of Object.entries({
  'getReader()': (body: ReadableStream) => body.getReader(),
  'cancel()': (body: ReadableStream) => body.cancel(),
  'tee()': (body: ReadableStream) => body.tee(),
  'pipeTo()': (body: ReadableStream) => body.pipeTo(new WritableStream()),
  'pipeThrough()': (body: ReadableStream) => body.pipeThrough(new TransformStream()),
  'a Response': (body: ReadableStream) => new Response(body),
})) {
  check(`${name} of a locked body`, threw('TypeError'), async ({ answer }) => {
    const body = streamOf(await answer())
    const reader = body.getReader()
    const error = await failure(async () => use(body))
    await reader.cancel()
    return error
  })
}
check('a mode of reader that is none', threw('TypeError'), async ({ answer }) => {
  const body = streamOf(await answer())
  const error = await failure(async () => Reflect.apply(body.getReader, body, [{ mode: 'any' }]))
  await body.cancel()
  return error
})
check(
  'a reader let go refuses',
  [threw('TypeError'), threw('TypeError'), threw('TypeError')],
  async ({ answer }) => {
    const body = streamOf(await answer())
    const reader = body.getReader()
    reader.releaseLock()
    const errors = [
      await failure(reader.read()),
      await failure(reader.closed),
      await failure(reader.cancel()),
    ]
    await body.cancel()
    return errors
  },
)
check('a reader let go while it waits', [threw('TypeError'), 'cd'], async ({ answer, more }) => {
  const body = streamOf(await answer(three))
  const first = body.getReader()
  await first.read()
  const waiting = failure(first.read())
  try {
    first.releaseLock()
  } catch (error) {
    throw new Unsupported(`releasing a reader that waits: ${error}`)
  }
  const second = body.getReader()
  const next = second.read()
  await more()
  const seen = [await waiting, said(await next)]
  await second.cancel()
  return seen
})
check('a second reader goes on', ['ab', 'cd', 'ef'], async ({ answer, more }) => {
  const body = streamOf(await answer(three))
  const seen = []
  for (let turn = 0; turn < 3; turn += 1) {
    const reader = body.getReader()
    seen.push(said(await reader.read()))
    reader.releaseLock()
    await more()
  }
  await body.cancel()
  return seen
})

check('cancel() gives nothing, and the server is left', [null, true], async ({ answer, left }) => {
  const given = await streamOf(await answer(hanging)).cancel(new Error('enough'))
  return [given ?? null, await left()]
})
check('cancel() twice', [null, null], async ({ answer }) => {
  const body = streamOf(await answer(hanging))
  return [(await body.cancel()) ?? null, (await body.cancel()) ?? null]
})
check('reads after cancel()', ['done', 'closed'], async ({ answer }) => {
  const reader = streamOf(await answer(hanging)).getReader()
  await reader.cancel('enough')
  return [said(await reader.read()), await reader.closed.then(() => 'closed')]
})
check('cancel() while a read waits', OPEN, async ({ answer, left }) => {
  const reader = streamOf(await answer(hanging)).getReader()
  const seen = [said(await reader.read())]
  const waiting = reader.read().then((result) => void seen.push(`read ${said(result)}`))
  const closed = reader.closed.then(() => void seen.push('closed'))
  await reader.cancel('enough').then(() => seen.push('cancelled'))
  await Promise.all([waiting, closed])
  return [seen, await left()]
})
check('cancel() after the end', null, async ({ answer }) => {
  const body = streamOf(await answer({ pieces: ['ab'] }))
  const reader = body.getReader()
  while (!(await reader.read()).done);
  reader.releaseLock()
  return (await body.cancel()) ?? null
})
check('cancel() uses the body', [false, true], async ({ answer }) => {
  const response = await answer(hanging)
  const before = response.bodyUsed
  await streamOf(response).cancel()
  return [before, response.bodyUsed]
})

export const bodyStream = checks
