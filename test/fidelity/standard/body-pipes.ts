/**
 * The body as a stream that is connected to others, or gone through in a loop.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, Unsupported, type Answer } from './check.ts'
import { kindOf } from '../seen.ts'

const { checks, check } = section('stream', 'streams.spec #rs-tee, #rs-pipe-to, #rs-asynciterator')

const three: Answer = { pieces: ['ab', 'cd', 'ef'], inSteps: true }
const hanging: Answer = { pieces: ['ab'], ending: 'hang' }

const said = (result: ReadableStreamReadResult<Uint8Array>) =>
  result?.done ? 'done' : new TextDecoder().decode(result?.value)

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

export const bodyPipes = checks

function iterable(response: Response): AsyncIterable<Uint8Array> {
  const body = streamOf(response)
  if (!(Symbol.asyncIterator in body)) throw new Unsupported('for await')
  return body
}
