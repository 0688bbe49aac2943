/**
 * What was seen, as plain data that two runs can be compared by.
 *
 * Two things differ from run to run and are named alike: the run's own address, and what clients
 * make up by chance (UUIDs, ids of texts, the boundaries of forms).
 *
 * @module
 */

const CHANCE: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
  [/aitxt-\w{24}/g, '<id>'],
  [/-+formdata-undici-\d+/g, '<boundary>'],
]

export function plain<Value>(value: Value, base: string): Value {
  let text = JSON.stringify(value, tell).replaceAll(base, '<base>')
  for (const [pattern, name] of CHANCE) text = text.replaceAll(pattern, name)
  return JSON.parse(text)
}

function tell(_name: string, value: unknown): unknown {
  if (value instanceof Error) return described(value)
  if (value instanceof Headers || value instanceof Map) return Object.fromEntries(value)
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  if (value === undefined) return '<undefined>'
  return typeof value === 'bigint' ? String(value) : value
}

/** An error by all that an application can tell it by, but for the port that it happened on. */
export function described(error: unknown): unknown {
  if (!(error instanceof Error)) return { 'not an error': error }
  const { name, message, cause } = error
  const own = Object.entries(error).filter(([key]) => key !== 'socket')
  return {
    class: error.constructor.name,
    name,
    message,
    ...(cause !== undefined && { cause: described(cause) }),
    ...('code' in error && { code: error.code }),
    own: Object.fromEntries(own),
  }
}
