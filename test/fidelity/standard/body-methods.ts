/**
 * Each way to take a body whole, in each state that the body can be in.
 *
 * @module
 */

import {
  failure,
  OPEN,
  outcome,
  section,
  streamOf,
  threw,
  Unsupported,
  type Answer,
} from './check.ts'
import { bytesOf } from '../seen.ts'

const { checks, check } = section('body', 'fetch.spec #body-mixin')

export const METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const
type Method = (typeof METHODS)[number]

const FORM_TYPE = [['content-type', 'application/x-www-form-urlencoded']] as const
/** An answer that the method can read, and what it reads. */
const ANSWERS: Record<Method, [answer: Answer, read: unknown]> = {
  arrayBuffer: [{ pieces: ['abc'] }, '97,98,99'],
  blob: [{ pieces: ['abc'], headers: [['content-type', 'a/b']] }, ['a/b', 'abc']],
  bytes: [{ pieces: ['abc'] }, '97,98,99'],
  formData: [
    { pieces: ['a=1&b=+%C3%BC'], headers: FORM_TYPE },
    [
      ['a', '1'],
      ['b', ' ü'],
    ],
  ],
  json: [{ pieces: ['{"a":', '[1]}'] }, { a: [1] }],
  text: [{ pieces: ['Grüße'] }, 'Grüße'],
}

/** Calls the method, and says as plain data what it gave. */
export async function take(response: Response, method: Method): Promise<unknown> {
  if (!(method in response)) throw new Unsupported(method)
  const taken: unknown = await response[method]()
  if (taken instanceof ArrayBuffer) return bytesOf(taken)
  if (taken instanceof Uint8Array) return bytesOf(taken.slice().buffer)
  if (taken instanceof Blob) return [taken.type, await taken.text()]
  if (taken instanceof FormData) return entries(taken)
  return taken
}

async function entries(form: FormData): Promise<unknown[]> {
  return Promise.all(
    [...form].map(async ([name, value]) =>
      value instanceof Blob ? [name, value.name, value.type, await value.text()] : [name, value],
    ),
  )
}

for (const method of METHODS) {
  const [answered, read] = ANSWERS[method]
  check(`${method}()`, read, async ({ answer }) => take(await answer(answered), method))
  check(`${method}() uses the body at once`, [false, true, true], async ({ answer }) => {
    const response = await answer(answered)
    const before = response.bodyUsed
    const taken = take(response, method)
    const meanwhile = response.bodyUsed
    await taken
    return [before, meanwhile, response.bodyUsed]
  })
  check(`${method}() locks the body`, OPEN, async ({ answer }) => {
    const response = await answer(answered)
    const taken = take(response, method)
    const meanwhile = response.body?.locked
    await taken
    return [meanwhile, response.body?.locked]
  })
  check(`${method}() twice`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    await take(response, method)
    return failure(take(response, method))
  })
  check(`${method}() while another reads`, ['fulfilled', 'rejected'], async ({ answer }) => {
    const response = await answer(answered)
    const both = await Promise.allSettled([take(response, method), response.text()])
    return both.map(({ status }) => status)
  })
  check(`${method}() of a locked body`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    const reader = streamOf(response).getReader()
    const error = await failure(take(response, method))
    await reader.cancel()
    return error
  })
  check(`${method}() after a reader that did not read`, read, async ({ answer }) => {
    const response = await answer(answered)
    streamOf(response).getReader().releaseLock()
    return take(response, method)
  })
  check(`${method}() after a piece was read`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    const reader = streamOf(response).getReader()
    await reader.read()
    reader.releaseLock()
    const error = await failure(take(response, method))
    await response.body?.cancel()
    return error
  })
  check(`${method}() after cancel()`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    await streamOf(response).cancel()
    return failure(take(response, method))
  })
  check(`${method}() of an empty body`, OPEN, async ({ answer }) => {
    const response = await answer({ ...answered, pieces: [] })
    const { bodyUsed } = response
    const taken = await outcome(take(response, method))
    return [bodyUsed, taken, response.bodyUsed]
  })
  check(`${method}() of a body that breaks`, threw('TypeError'), async ({ answer }) =>
    failure(take(await answer({ ...answered, ending: 'cut' }), method)),
  )
  check(`${method}() again after it broke`, threw('TypeError'), async ({ answer }) => {
    const response = await answer({ ...answered, ending: 'cut' })
    await failure(take(response, method))
    return failure(take(response, method))
  })
  check(`${method}() by the prototype`, true, async ({ answer }) => {
    const response = await answer(answered)
    if (!(method in response)) throw new Unsupported(method)
    const taken: unknown = await Response.prototype[method].call(response)
    return taken !== undefined && response.bodyUsed
  })
  check(`${method}() of what is no response`, threw('TypeError'), async ({ answer }) => {
    const response = await answer(answered)
    const error = await failure(async () => Reflect.apply(response[method], {}, []))
    await response.body?.cancel()
    return error
  })
  for (const status of [204, 205, 304]) {
    check(`${method}() of a ${status}, which has no body`, OPEN, async ({ answer }) => {
      const response = await answer({ ...answered, status, pieces: [] })
      const { body, bodyUsed } = response
      const twice = [await outcome(take(response, method)), await outcome(take(response, method))]
      return [body === null, bodyUsed, twice, response.bodyUsed]
    })
  }
}

export const bodyMethods = checks
