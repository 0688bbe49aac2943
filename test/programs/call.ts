/**
 * Calls what an example exports, or serves, once, as its platform would: `call.ts <program>`.
 *
 * Runs on Node, Bun and Deno. An example that exports nothing has done its work by being loaded.
 *
 * @module
 */

import process from 'node:process'

type Handler = (given: object, env: object, context: object) => unknown

const [program = ''] = process.argv.slice(2)
const served: Handler[] = []
const deno: unknown = Reflect.get(globalThis, 'Deno')
if (typeof deno === 'object' && deno !== null) {
  Object.defineProperty(deno, 'serve', { value: (handler: Handler) => void served.push(handler) })
}

const module: object = await import(program)
const main: unknown = Reflect.get(module, 'default')
const [handler] = [
  ...served,
  isHolder(main) ? main.fetch.bind(main) : main,
  Reflect.get(module, 'POST'),
].filter(isHandler)
const ofEvents: unknown = Reflect.get(module, 'handler')

if (handler) {
  const request = new Request('http://localhost/answer', { method: 'POST', body: 'My password?' })
  const waited: Promise<unknown>[] = []
  const context = { waitUntil: (promise: Promise<unknown>) => void waited.push(promise) }
  const response = await handler(request, {}, context)
  if (!(response instanceof Response)) throw new Error('That is no response.')
  console.log(response.status, await response.text())
  await Promise.all(waited)
} else if (isHandler(ofEvents)) {
  console.log(await ofEvents({ body: 'My password?' }, {}, {}))
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}

function isHolder(value: unknown): value is { fetch: Handler } {
  return typeof value === 'object' && value !== null && 'fetch' in value && isHandler(value.fetch)
}
