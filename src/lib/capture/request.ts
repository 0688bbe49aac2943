/**
 * What a request says, read without disturbing it.
 *
 * @module
 */

import { mayCopyRequests } from '../runtime/requests.ts'
import { formText } from './form.ts'

/** A POST that may be a call. */
export interface Target {
  url: URL
  /** What it is sent with under this name. */
  header(name: string): string | undefined
  signal: AbortSignal | undefined
  body: SeenBody
}

type Fetch = typeof globalThis.fetch

/** The body's text at once, later, or the reason why it cannot be seen. */
export type SeenBody =
  | { text: string }
  | { later: Promise<string | undefined> }
  | { unseen: string }

/** What is read of an `init` here, before `fetch` reads it. */
const MEMBERS = ['body', 'headers', 'method', 'signal'] as const

/** What `fetch` is given; an `init` whose members are computed is asked for each of them once. */
export function askedOnce([input, init]: Parameters<Fetch>): Parameters<Fetch> {
  return init && isComputed(init) ? [input, changed(init, {})] : [input, init]
}

/** The same with other members, and all the rest of it where it was: in getters, or in a class. */
export function changed(
  init: RequestInit,
  changes: RequestInit & Record<symbol, true>,
): RequestInit {
  if (!isComputed(init)) return { ...init, ...changes }
  const known = new Map<PropertyKey, unknown>(
    Reflect.ownKeys(changes).map((name) => [name, Reflect.get(changes, name)]),
  )
  return new Proxy(init, {
    has: (target, name) => known.has(name) || Reflect.has(target, name),
    get(target, name) {
      if (!known.has(name)) known.set(name, Reflect.get(target, name))
      return known.get(name)
    },
  })
}

/** A `Request` in its place computes too, but runtimes know it by what it is. */
function isComputed(init: RequestInit): boolean {
  if (typeof init !== 'object' || init instanceof Request) return false
  const prototype: unknown = Object.getPrototypeOf(init)
  if (prototype !== Object.prototype && prototype !== null) return true
  return MEMBERS.some((name) => Object.getOwnPropertyDescriptor(init, name)?.get)
}

/** The method and address that `fetch` will use; `undefined` where `fetch` itself will refuse them. */
export function addressed(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): { method: string; url: URL } | undefined {
  const request = input instanceof Request ? input : undefined
  const method = (init?.method ?? request?.method ?? 'GET').toUpperCase()
  try {
    return { method, url: new URL(request?.url ?? String(input), globalThis.location?.href) }
  } catch {
    return undefined
  }
}

/** Opens the request for reading. At most `maxChars` of a body that has to be read as it goes. */
export function look(
  url: URL,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  maxChars: number,
): Target {
  const request = input instanceof Request ? input : undefined
  return {
    url,
    header: headerReader(init?.headers ?? request?.headers),
    signal: init?.signal ?? request?.signal ?? undefined,
    body: see(init?.body ?? undefined, request, maxChars),
  }
}

function see(body: BodyInit | undefined, request: Request | undefined, maxChars: number): SeenBody {
  if (typeof body === 'string') return { text: body }
  if (body instanceof URLSearchParams) return { text: String(body) }
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return { text: new TextDecoder().decode(body) }
  }
  if (body instanceof Blob) {
    if (body.size > maxChars) return { unseen: `a file of ${body.size} bytes` }
    return { later: body.text().catch(() => undefined) }
  }
  if (body instanceof FormData) return { text: formText(body) }
  if (body !== undefined) return { unseen: 'a stream, which only its receiver may read' }
  if (request && !mayCopyRequests())
    return { unseen: 'a Request, which would be sent otherwise if it were read' }
  if (!request?.body || request.bodyUsed) return { text: '' }
  if (/^multipart/i.test(request.headers.get('content-type') ?? '')) {
    return { unseen: 'form data in a Request, which only its receiver may read' }
  }
  return { later: readCopy(request.clone(), maxChars).catch(() => undefined) }
}

const OF_THE_BODY = [
  'content-digest',
  'content-encoding',
  'content-length',
  'content-md5',
  'digest',
  'signature',
  'x-amz-content-sha256',
]

/** Whether the headers vouch for the very bytes of the body: signed, hashed, counted. */
export function isBoundToBody({ header }: Target): boolean {
  return (
    OF_THE_BODY.some((name) => header(name) !== undefined) ||
    header('authorization')?.startsWith('AWS4') === true
  )
}

/** Each is looked up when it is asked for: a copy of all costs more than the rest of the look. */
function headerReader(headers: HeadersInit | undefined): Target['header'] {
  if (!headers) return () => undefined
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined
  // An iterator can be read once, and that once is not ours.
  const isOnce = Symbol.iterator in headers && !Array.isArray(headers)
  return (name) => {
    const pairs = isOnce ? [] : Array.isArray(headers) ? headers : Object.entries(headers)
    const [, value] = pairs.find(([each]) => String(each).toLowerCase() === name) ?? []
    return value === undefined ? undefined : String(value)
  }
}

/** Reads the copy of a request beside the sending of the original, and lets it go past the limit. */
async function readCopy(copy: Request, maxChars: number): Promise<string | undefined> {
  if (!copy.body) return ''
  const reader = copy.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length <= maxChars) continue
    reader.cancel().catch(() => {}) // settles only when the original has been sent
    return undefined
  }
}
