/**
 * A program of a process: it traces, and ends as it is told, or waits to be ended.
 */

import * as carrot from 'carrot-trace'

const { WORLD = '', WAY = '' } = process.env
carrot.init({
  apiKey: 'sk-test',
  baseUrl: `${WORLD}/collector/records`,
  onError: ({ message }) => console.log(message),
})

/** A call to a model; a stream stops in its middle and says no more. */
function ask(stream: boolean): Promise<Response> {
  return carrot.fetch(`${WORLD}/v1/chat/completions`, {
    method: 'POST',
    headers: stream ? { 'x-stall-after': '2' } : {},
    body: JSON.stringify({ model: 'gpt-4o', stream, messages: [{ role: 'user', content: 'Hi' }] }),
  })
}

/** Two records, which have ended. */
const answer = carrot.trace(async function answer() {
  return (await ask(false)).text()
})

/** Two records more, which have not when `inside` is called. */
const stream = carrot.trace(async function stream(inside: () => void) {
  const reader = (await ask(true)).body?.getReader()
  await reader?.read()
  inside()
  await reader?.read()
  await reader?.read()
})

const exit = () => process.exit(3)
const ready = () => {
  setInterval(() => {}, 1_000)
  console.log('ready')
}

const WAYS: Record<string, () => unknown> = {
  return: answer,
  async throw() {
    await answer()
    throw new Error('thrown')
  },
  async reject() {
    await answer()
    void Promise.reject(new Error('rejected'))
  },
  async exit() {
    await answer()
    exit()
  },
  async 'exit in a handler'() {
    await answer()
    await stream(exit)
  },
  async idle() {
    await answer()
    ready()
  },
  async busy() {
    await answer()
    await stream(ready)
  },
  async handling() {
    process.on('SIGTERM', () => void carrot.flush().then(exit))
    await answer()
    ready()
  },
  async flushed() {
    await answer()
    await carrot.flush()
    ready()
  },
}

await WAYS[WAY]?.()
