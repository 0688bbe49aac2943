/**
 * The body as a stream: readers, and all that a stream can be connected to.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, Unsupported, type Answer } from './check.ts'
import { kindOf } from '../seen.ts'

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

check('tee(), one after the other', ['abcdef', 'abcdef'], async ({ answer }) => {
  const [one, two] = streamOf(await answer({ pieces: ['ab', 'cd', 'ef'] })).tee()
  return [await new Response(two).text(), await new Response(one).text()]
})
check('tee(), in turn', OPEN, async ({ answer, more }) => {
  const branches = streamOf(await answer(three)).tee()
  const [one, two] = [branches[0].getReader(), branches[1].getReader()]
  const seen = []
  for (let turn = 0; turn < 4; turn += 1) {
    seen.push(said(await one.read()), said(await two.read()))
    await more()
  }
  return seen
})
check('tee(), one of them cancelled', 'abcdef', async ({ answer }) => {
  const [one, two] = streamOf(await answer({ pieces: ['ab', 'cd', 'ef'] })).tee()
  void one.cancel('enough')
  return new Response(two).text()
})
check('tee(), both cancelled', [true], async ({ answer, left }) => {
  const [one, two] = streamOf(await answer(hanging)).tee()
  await Promise.all([one.cancel('enough'), two.cancel('enough')])
  return [await left()]
})
check('tee(), of a body that breaks', OPEN, async ({ answer }) => {
  const [one, two] = streamOf(await answer({ pieces: ['ab'], ending: 'cut' })).tee()
  const errors: unknown[] = await Promise.all(
    [one, two].map((branch) => new Response(branch).text().catch((error: unknown) => error)),
  )
  return errors.map(kindOf)
})

const noting = (seen: string[], fails?: string) =>
  new WritableStream<Uint8Array>({
    write(chunk) {
      if (fails) throw new Error(fails)
      seen.push(new TextDecoder().decode(chunk))
    },
    close: () => void seen.push('close'),
    abort: (reason) => void seen.push(`abort ${reason}`),
  })

check('pipeTo()', 'abcdef close', async ({ answer }) => {
  const seen: string[] = []
  await streamOf(await answer({ pieces: ['ab', 'cd', 'ef'] })).pipeTo(noting(seen))
  return `${seen.slice(0, -1).join('')} ${seen.at(-1)}`
})
check('pipeTo() with preventClose', 'abopen', async ({ answer }) => {
  const seen: string[] = []
  const sink = noting(seen)
  await streamOf(await answer({ pieces: ['ab'] })).pipeTo(sink, { preventClose: true })
  await sink.getWriter().write(new TextEncoder().encode('open'))
  return seen.join('')
})
check('pipeTo() into what fails', ['Error: mine', true], async ({ answer, left }) => {
  const body = streamOf(await answer(hanging))
  const error: unknown = await body.pipeTo(noting([], 'mine')).catch((reason: unknown) => reason)
  return [String(error), await left()]
})
check(
  'pipeTo() into what fails, with preventCancel',
  ['Error: mine', false],
  async ({ answer }) => {
    const body = streamOf(await answer(hanging))
    const error: unknown = await body
      .pipeTo(noting([], 'mine'), { preventCancel: true })
      .catch((reason: unknown) => reason)
    const { locked } = body
    await body.cancel()
    return [String(error), locked]
  },
)
check('pipeTo() of a body that breaks', OPEN, async ({ answer }) => {
  const seen: string[] = []
  const error = await failure(
    streamOf(await answer({ pieces: ['ab'], ending: 'cut' })).pipeTo(noting(seen)),
  )
  return [error, seen]
})
check('pipeTo() with a signal', OPEN, async ({ answer, left }) => {
  const seen: string[] = []
  const controller = new AbortController()
  const body = streamOf(await answer(hanging))
  const piped = body.pipeTo(noting(seen), { signal: controller.signal })
  controller.abort(new Error('mine'))
  const error: unknown = await piped.catch((reason: unknown) => reason)
  return [String(error), seen.at(-1), await left()]
})
check('pipeThrough() a decoder', 'Grüße', async ({ answer }) => {
  const body = streamOf(
    await answer({
      pieces: [
        [0x47, 0x72, 0xc3],
        [0xbc, 0xc3],
        [0x9f, 0x65],
      ],
    }),
  )
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let result = await reader.read(); !result.done; result = await reader.read())
    text += result.value
  return text
})
check('pipeThrough() and no further', true, async ({ answer, left }) => {
  const through = streamOf(await answer(hanging)).pipeThrough(new TransformStream())
  await through.cancel('enough')
  return left()
})

check('for await', ['ab', 'cd', 'ef'], async ({ answer, more }) => {
  const seen: string[] = []
  for await (const chunk of iterable(await answer(three))) {
    seen.push(new TextDecoder().decode(chunk))
    await more()
  }
  return seen
})
check('for await, left early', [true, false], async ({ answer, left }) => {
  const response = await answer(hanging)
  for await (const _chunk of iterable(response)) break
  return [await left(), streamOf(response).locked]
})
check('for await, left by an error', ['Error: mine', true], async ({ answer, left }) => {
  const response = await answer(hanging)
  const error: unknown = await (async () => {
    for await (const _chunk of iterable(response)) throw new Error('mine')
    return undefined
  })().catch((reason: unknown) => reason)
  return [String(error), await left()]
})
check('values() with preventCancel', 'cd', async ({ answer, more }) => {
  const body = streamOf(await answer(three))
  if (!('values' in body)) throw new Unsupported('values()')
  for await (const _chunk of body.values({ preventCancel: true })) break
  const reader = body.getReader()
  await more()
  const next = said(await reader.read())
  await reader.cancel()
  return next
})
check('next() and return() of an iterator', OPEN, async ({ answer }) => {
  const body = streamOf(await answer({ pieces: ['ab'], ending: 'hang' }))
  if (!(Symbol.asyncIterator in body)) throw new Unsupported('an iterator')
  const iterator = body[Symbol.asyncIterator]()
  const first = await iterator.next()
  const { locked } = body
  const last = await iterator.return?.()
  const after = await iterator.next()
  return [first.done, locked, last, after, body.locked]
})
check('a stream of its own kind', [true, '[object ReadableStream]', true], async ({ answer }) => {
  const body = streamOf(await answer())
  await body.cancel()
  const prototype: unknown = Object.getPrototypeOf(body)
  return [
    body instanceof ReadableStream,
    Object.prototype.toString.call(body),
    prototype === ReadableStream.prototype,
  ]
})
check('it can be transferred', OPEN, async ({ answer }) => {
  const body = streamOf(await answer({ pieces: ['ab'] }))
  let moved: ReadableStream
  try {
    moved = structuredClone(body, { transfer: [body] })
  } catch (error) {
    await body.cancel()
    return failure(Promise.reject(error))
  }
  return [body.locked, await new Response(moved).text()]
})

export const bodyStream = checks

function iterable(response: Response): AsyncIterable<Uint8Array> {
  const body = streamOf(response)
  if (!(Symbol.asyncIterator in body)) throw new Unsupported('for await')
  return body
}
