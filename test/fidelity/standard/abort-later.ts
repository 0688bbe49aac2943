/**
 * Aborts of bodies that are being read, in every way to read them.
 *
 * @module
 */

import { failure, OPEN, section, streamOf, threw, type Answer } from './check.ts'

const { checks, check, untraced } = section(
  'abort',
  'fetch.spec #abort-fetch, dom.spec #interface-AbortSignal',
)

const hanging: Answer = { pieces: ['ab'], ending: 'hang' }
const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  )

check('what was received and not read is lost', OPEN, async ({ answer, written }) => {
  const controller = new AbortController()
  const reader = streamOf(await answer(hanging, { signal: controller.signal })).getReader()
  await written()
  controller.abort('mine')
  return [await reasonOf(reader.read()), await reasonOf(reader.read())]
})
check('every read that waits fails, then closed', OPEN, async ({ answer }) => {
  const controller = new AbortController()
  const reader = streamOf(await answer(hanging, { signal: controller.signal })).getReader()
  await reader.read()
  const seen: string[] = []
  const note = (name: string, work: Promise<unknown>) =>
    work.catch((reason: unknown) => seen.push(`${name} ${String(reason)}`))
  const all = [
    note('one', reader.read()),
    note('closed', reader.closed),
    note('two', reader.read()),
  ]
  controller.abort('mine')
  await Promise.all(all)
  return seen
})
check('a reader from before keeps failing', ['mine', 'mine', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const body = streamOf(await answer(hanging, { signal: controller.signal }))
  const reader = body.getReader()
  controller.abort('mine')
  const seen = [await reasonOf(reader.read())]
  reader.releaseLock()
  const second = body.getReader()
  seen.push(await reasonOf(second.read()), await reasonOf(second.cancel()))
  return seen
})
check('cancel() afterwards', 'mine', async ({ answer, left }) => {
  const controller = new AbortController()
  const body = streamOf(await answer(hanging, { signal: controller.signal }))
  controller.abort('mine')
  await left()
  return reasonOf(body.cancel())
})
check('cancel() in the same tick', 'mine', async ({ answer }) => {
  const controller = new AbortController()
  const body = streamOf(await answer(hanging, { signal: controller.signal }))
  controller.abort('mine')
  return reasonOf(body.cancel())
})
check('reads after cancel() in the same tick', 'mine', async ({ answer }) => {
  const controller = new AbortController()
  const reader = streamOf(await answer(hanging, { signal: controller.signal })).getReader()
  controller.abort('mine')
  void reasonOf(reader.cancel())
  return reasonOf(reader.read())
})
check('clone() in the same tick', 'mine', async ({ answer }) => {
  const controller = new AbortController()
  const response = await answer(hanging, { signal: controller.signal })
  controller.abort('mine')
  const copy = response.clone()
  void reasonOf(response.text())
  return reasonOf(copy.text())
})
check('after cancel()', 'done', async ({ answer }) => {
  const controller = new AbortController()
  const reader = streamOf(await answer(hanging, { signal: controller.signal })).getReader()
  await reader.cancel()
  controller.abort('mine')
  return (await reader.read()).done && 'done'
})
check('after the end', ['{"a":1}', 'nothing was thrown'], async ({ answer }) => {
  const controller = new AbortController()
  const response = await answer({ pieces: ['{"a":1}'] }, { signal: controller.signal })
  const reader = streamOf(response).getReader()
  const { value } = await reader.read()
  while (!(await reader.read()).done);
  controller.abort('mine')
  return [new TextDecoder().decode(value), await reasonOf(reader.closed)]
})
check('for await', ['ab', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> = streamOf(
    await answer(hanging, { signal: controller.signal }),
  )
  const seen: unknown[] = []
  if (!(Symbol.asyncIterator in body)) return { unsupported: 'for await' }
  try {
    for await (const chunk of body) {
      seen.push(new TextDecoder().decode(chunk))
      controller.abort('mine')
    }
  } catch (reason) {
    seen.push(reason)
  }
  return seen
})
check('pipeTo()', ['mine', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const body = streamOf(await answer(hanging, { signal: controller.signal }))
  let aborted: unknown
  const sink = new WritableStream({
    write: () => controller.abort('mine'),
    abort: (reason) => void (aborted = reason),
  })
  return [await reasonOf(body.pipeTo(sink)), aborted]
})
check('tee()', ['mine', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const branches = streamOf(await answer(hanging, { signal: controller.signal })).tee()
  const texts = branches.map((branch) => reasonOf(new Response(branch).text()))
  controller.abort('mine')
  return Promise.all(texts)
})
check('twice: the first reason stays', 'first', async ({ answer }) => {
  const controller = new AbortController()
  const text = answer(hanging, { signal: controller.signal }).then((response) => response.text())
  controller.abort('first')
  controller.abort('second')
  return reasonOf(text)
})
check('one signal for several calls', ['mine', 'mine', 'mine'], async ({ answer }) => {
  const controller = new AbortController()
  const asked = [1, 2, 3].map(() => answer(hanging, { signal: controller.signal }))
  const responses = await Promise.all(asked)
  const texts = responses.map((response) => reasonOf(response.text()))
  controller.abort('mine')
  return Promise.all(texts)
})
check('AbortSignal.timeout() before the head', threw('TimeoutError'), async ({ unanswered }) =>
  failure(unanswered({ signal: AbortSignal.timeout(30) })),
)
check(
  'AbortSignal.timeout() during the body',
  [threw('TimeoutError'), true],
  async ({ answer, left }) => {
    const response = await answer(hanging, { signal: AbortSignal.timeout(60) })
    return [await failure(response.text()), await left()]
  },
)
check('AbortSignal.any()', 'mine', async ({ answer }) => {
  if (!('any' in AbortSignal)) return { unsupported: 'AbortSignal.any' }
  const controller = new AbortController()
  const signal = AbortSignal.any([new AbortController().signal, controller.signal])
  const response = await answer(hanging, { signal })
  controller.abort('mine')
  return reasonOf(response.text())
})
check(
  'the listeners of the application are called',
  ['aborted', 'rejected'],
  async ({ answer }) => {
    const controller = new AbortController()
    const seen: string[] = []
    controller.signal.addEventListener('abort', () => seen.push('aborted'))
    const pending = answer(hanging, { signal: controller.signal })
    controller.abort()
    await pending.catch(() => seen.push('rejected'))
    return seen
  },
)
untraced('what fetch refuses comes before an abort', threw('TypeError'), async ({ fetch }) =>
  failure(fetch('http://[', { signal: AbortSignal.abort() })),
)

export const abortLater = checks
