/**
 * Where a request carries its key: in a header, never in its address, which ends up in logs.
 *
 * `Authorization: Bearer sk-…`, or `x-api-key: sk-…`, or Basic with the key as password, as clients
 * made for Langfuse send it. Basic is never asked for, so that no browser keeps a key and sends it by
 * itself.
 *
 * @module
 */

import type { Context } from 'hono'

const MAX_KEY_CHARS = 200

/** With `Authorization` nothing else counts: a request has one key or none. */
export function requestKey(context: Context): string | undefined {
  const authorization = context.req.header('authorization')
  if (authorization === undefined) return checked(context.req.header('x-api-key'))
  const [, scheme = '', value] = /^(Bearer|Basic) +(\S{1,600})$/i.exec(authorization) ?? []
  return checked(scheme.toLowerCase() === 'basic' ? password(value) : value)
}

/** Whether it means to come with a key, however wrong. */
export function carriesKey(context: Context): boolean {
  return (context.req.header('authorization') ?? context.req.header('x-api-key')) !== undefined
}

function password(credentials = ''): string | undefined {
  try {
    const [, word] = /^[^:]*:(.*)$/.exec(atob(credentials)) ?? []
    return word
  } catch {
    return undefined // no base64
  }
}

function checked(key: string | undefined): string | undefined {
  return key !== undefined && key.length <= MAX_KEY_CHARS && /^[\x21-\x7e]+$/.test(key)
    ? key
    : undefined
}
