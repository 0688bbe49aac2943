/**
 * All checks, and how one is run as a scenario.
 *
 * @module
 */

import type { Scenario } from '../scenarios.ts'
import { untilSeen } from '../seen.ts'
import { abort } from './abort.ts'
import { abortLater } from './abort-later.ts'
import { asObject } from './as-object.ts'
import { bodyContents } from './body-contents.ts'
import { bodyMethods } from './body-methods.ts'
import { bodyPipes } from './body-pipes.ts'
import { bodyStream } from './body-stream.ts'
import { byob } from './byob.ts'
import { failure, Unsupported, type Answer, type Call, type Check } from './check.ts'
import { clone } from './clone.ts'
import { cloneStates } from './clone-states.ts'
import { elsewhere } from './elsewhere.ts'
import { errors } from './errors.ts'
import { redirects } from './redirects.ts'
import { requestBodies } from './request-bodies.ts'
import { requestHeaders } from './request-headers.ts'
import { requestInit } from './request-init.ts'
import { requestObjects } from './request-objects.ts'
import { responseHead } from './response-head.ts'

export const standardChecks: readonly Check[] = [
  ...requestInit,
  ...requestHeaders,
  ...requestBodies,
  ...requestObjects,
  ...redirects,
  ...responseHead,
  ...bodyMethods,
  ...bodyContents,
  ...bodyStream,
  ...bodyPipes,
  ...byob,
  ...clone,
  ...cloneStates,
  ...abort,
  ...abortLater,
  ...errors,
  ...elsewhere,
  ...asObject,
]

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }
const JSON_HEADERS = { 'content-type': 'application/json' }
let number = 0

export function scenarioOf({ name, run }: Check): Scenario {
  return {
    name,
    async run(fetch, baseUrl) {
      try {
        return await run(callOf(fetch, baseUrl))
      } catch (error) {
        // Not every runtime keeps to the standard; on Node, which does, the verdict tells of a check that is wrong.
        if (error instanceof Unsupported) return { unsupported: error.message }
        return failure(Promise.reject(error))
      }
    },
  }
}

function callOf(fetch: typeof globalThis.fetch, baseUrl: string): Call {
  number += 1
  const id = `standard-${number}`
  const headers = { ...JSON_HEADERS, 'x-id': id }
  const echo = `${baseUrl}/echo/v1/chat/completions`
  const told = `${baseUrl}/told/v1/chat/completions`
  const body = (answer?: Answer) => JSON.stringify({ ...chat, answer })
  return {
    fetch,
    echo,
    told,
    body,
    answer: (answer, init) => fetch(told, { method: 'POST', headers, body: body(answer), ...init }),
    async arrives(init, input = echo) {
      const response = await fetch(input, {
        method: 'POST',
        headers: JSON_HEADERS,
        body: body(),
        ...init,
      })
      const { method, headers: detail, bytes } = await response.json()
      const text = typeof bytes === 'string' ? utf8(bytes) : String(bytes)
      return { method, type: detail['content-type'], text, detail }
    },
    async more() {
      await (await globalThis.fetch(`${baseUrl}/more/${id}`)).text()
    },
    unanswered: (init) =>
      fetch(`${baseUrl}/hang-before-head/v1/chat/completions`, {
        method: 'POST',
        headers,
        body: body(),
        ...init,
      }),
    waiting: () => untilSeen(baseUrl, id, 'waiting'),
    written: () => untilSeen(baseUrl, id, 'written'),
    left: () => untilSeen(baseUrl, id, 'closed'),
  }
}

function utf8(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.codePointAt(0) ?? 0))
}
