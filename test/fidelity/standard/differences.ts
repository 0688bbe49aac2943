/**
 * Where a traced request is known to differ from an untraced one: all that docs/fidelity.md says
 * under "Known differences" and a check can show. Tests hold the list to be exactly this one, so
 * that a difference that is mended has to be taken off.
 *
 * @module
 */

export type Runtime =
  | 'Node'
  | 'Bun'
  | 'Deno'
  | 'workerd'
  | 'workerd of 2024-09-01'
  | 'workerd of 2024-09-23'
  | 'Chromium'

const EVERYWHERE = [
  'clone: is another, with other headers and body',
  'elsewhere: clone is that of the prototype',
  'elsewhere: its prototype',
  'elsewhere: text is that of the prototype',
  'request headers: getters of a record are asked once',
]

/** Where the response is not the native one. */
const MADE = [
  'clone: by the prototype, its address',
  'elsewhere: the getter headers of the prototype',
  'elsewhere: the getter url of the prototype',
]

/** workerd does so, too; the other one, in its old versions. */
const CANCELLED = 'abort: reads after cancel() in the same tick'
const ADDRESS = 'request: the address is made a text as often'

/** Streams made in JavaScript keep to the standard where workerd's own do not. */
const WORKERD = [
  ...MADE,
  'abort: clone() in the same tick',
  'abort: every read that waits fails, then closed',
  'elsewhere: fetch as a method of another object',
  'own buffer: cancel() while one waits',
  'own buffer: into a DataView',
  'own buffer: into words of two bytes',
  'own buffer: into words that the end does not fill',
  'own buffer: several reads that wait',
  'response: bodyUsed cannot be set',
  'response: headers cannot be set',
  'response: redirected cannot be set',
  'response: statusText cannot be set',
  'response: type cannot be set',
  'response: url cannot be set',
  'stream: a reader let go while it waits',
  'stream: cancel() while a read waits',
  'stream: reads that wait are answered in their order',
]

const METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text']

const SOMEWHERE: Record<Runtime, readonly string[]> = {
  Node: [ADDRESS, CANCELLED],
  Bun: [
    ...MADE,
    ADDRESS,
    CANCELLED,
    'body: formData() of another boundary',
    'body: formData() without an end',
    'clone: chunks are shared with nobody',
    'clone: every method of a copy',
    'elsewhere: clone has its name and length',
    'network: a body that breaks, and cancel()',
    ...METHODS.map((method) => `body: ${method}() after a reader that did not read`),
    ...METHODS.map((method) => `body: ${method}() of a locked body`),
  ],
  Deno: [
    ...MADE,
    ADDRESS,
    CANCELLED,
    'abort: the body is used only by reading',
    'elsewhere: the getter type of the prototype',
  ],
  workerd: [...WORKERD, ADDRESS, 'body: text of a mark that comes in pieces'],
  'workerd of 2024-09-01': [...WORKERD, 'request: getters of init are asked once'],
  'workerd of 2024-09-23': [...WORKERD, ADDRESS],
  Chromium: [
    ...MADE,
    ADDRESS,
    CANCELLED,
    'abort: the body is used only by reading',
    'body: blob() of a type, that is none',
    'body: blob() of a type, twice',
    'body: blob() of a type, with a quoted parameter',
    'body: blob() of a type, with parameters',
    'body: blob() uses the body at once',
    'elsewhere: fetch as a method of another object',
    'elsewhere: the getter type of the prototype',
  ],
}

export function knownDifferences(runtime: Runtime): string[] {
  return [...EVERYWHERE, ...SOMEWHERE[runtime]].toSorted()
}

/** The checks whose call is not seen: what reads the body goes around the methods of the response. */
export function knownUnseen(runtime: Runtime): string[] {
  return runtime === 'Node' ? METHODS.map((method) => `body: ${method}() by the prototype`) : []
}

/** The runtime that this is. */
export function runtime(): Runtime {
  const { userAgent = '' } = globalThis.navigator ?? {}
  if (userAgent === 'Cloudflare-Workers') return 'workerd'
  if (userAgent.startsWith('Bun')) return 'Bun'
  if (userAgent.startsWith('Deno')) return 'Deno'
  return userAgent.includes('Chrome') ? 'Chromium' : 'Node'
}
