/**
 * Aborts, at every moment of a request's life.
 *
 * @module
 */

import { failure, section, streamOf, threw, type Answer } from './check.ts'

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

check('before the call', threw('AbortError'), async ({ answer }) =>
  failure(answer(hanging, { signal: AbortSignal.abort() })),
)
for (const [name, reason] of Object.entries({
  'an error': new Error('mine'),
  'a text': 'mine',
  'a number': 0,
  null: null,
  'an object': {},
})) {
  check(
    `before the call, with ${name} as reason`,
    true,
    async ({ answer }) =>
      (await reasonOf(answer(hanging, { signal: AbortSignal.abort(reason) }))) === reason,
  )
  check(`before any read, with ${name} as reason`, true, async ({ answer }) => {
    const controller = new AbortController()
    const response = await answer(hanging, { signal: controller.signal })
    controller.abort(reason)
    return (await reasonOf(response.text())) === reason
  })
  check(`during a read, with ${name} as reason`, [true, true], async ({ answer }) => {
    const controller = new AbortController()
    const reader = streamOf(await answer(hanging, { signal: controller.signal })).getReader()
    await reader.read()
    const waiting = reasonOf(reader.read())
    controller.abort(reason)
    return [(await waiting) === reason, (await reasonOf(reader.closed)) === reason]
  })
}
check('in the tick of the call', [threw('AbortError'), true], async ({ answer }) => {
  const controller = new AbortController()
  const pending = answer(hanging, { signal: controller.signal })
  controller.abort()
  return [await failure(pending), (await reasonOf(pending)) === controller.signal.reason]
})
untraced(
  'in the tick of the call, with the signal in a Request',
  'mine',
  async ({ fetch, told, body }) => {
    const controller = new AbortController()
    const init = { method: 'POST', body: body(hanging), signal: controller.signal }
    const pending = fetch(new Request(told, init))
    controller.abort('mine')
    return reasonOf(pending)
  },
)
check('before the head', ['mine', true], async ({ unanswered, waiting, left }) => {
  const controller = new AbortController()
  const pending = reasonOf(unanswered({ signal: controller.signal }))
  await waiting()
  controller.abort('mine')
  return [await pending, await left()]
})
check('between head and body: the server is left', ['mine', true], async ({ answer, left }) => {
  const controller = new AbortController()
  const response = await answer(hanging, { signal: controller.signal })
  controller.abort('mine')
  return [await reasonOf(response.text()), await left()]
})
check('the body is used only by reading', [false, true, true], async ({ answer }) => {
  const controller = new AbortController()
  const response = await answer(hanging, { signal: controller.signal })
  controller.abort('mine')
  const { bodyUsed } = response
  const text = reasonOf(response.text())
  const meanwhile = response.bodyUsed
  await text
  return [bodyUsed, meanwhile, response.bodyUsed]
})
for (const method of ['arrayBuffer', 'blob', 'formData', 'json', 'text'] as const) {
  check(`${method}() begun before it`, true, async ({ answer }) => {
    const controller = new AbortController()
    const response = await answer(
      { ...hanging, headers: [['content-type', 'application/x-www-form-urlencoded']] },
      { signal: controller.signal },
    )
    const taken = reasonOf(response[method]())
    controller.abort()
    return (await taken) === controller.signal.reason
  })
  check(`${method}() begun after it`, true, async ({ answer }) => {
    const controller = new AbortController()
    const response = await answer(
      { ...hanging, headers: [['content-type', 'application/x-www-form-urlencoded']] },
      { signal: controller.signal },
    )
    controller.abort()
    return (await reasonOf(response[method]())) === controller.signal.reason
  })
}

export const abort = checks
