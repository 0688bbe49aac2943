/**
 * A session: a signed cookie that says until when its browser is let in, and nothing else.
 *
 * `__Host-`: from this host alone, for all of it, and over TLS (or on localhost) only. The signature
 * holds as long as both the password and the directory's own secret stay as they are, so that a new
 * password ends every session, and so does `endSessions`. Whoever has a cookie learns nothing about
 * the password from it: half of what signs it is random.
 *
 * @module
 */

import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'

const COOKIE = 'carrot-session'
const VERSION = '1'

export const SESSION_SECONDS = 7 * 24 * 60 * 60

export type SigningKey = Uint8Array<ArrayBuffer>

export async function signingKey(password: string, secret: string): Promise<SigningKey> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(password)))
}

/** @param nowMs Milliseconds since 1970. */
export async function startSession(
  context: Context,
  key: SigningKey,
  nowMs: number,
): Promise<void> {
  const until = Math.floor(nowMs / 1000) + SESSION_SECONDS
  await setSignedCookie(context, COOKIE, `${VERSION}.${until}`, key, {
    prefix: 'host',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: SESSION_SECONDS,
  })
}

export async function hasSession(
  context: Context,
  key: SigningKey,
  nowMs: number,
): Promise<boolean> {
  const value = await getSignedCookie(context, key, COOKIE, 'host')
  const [, until] = (value && /^1\.(\d{1,12})$/.exec(value)) || []
  return until !== undefined && nowMs < Number(until) * 1000
}

export function endSession(context: Context): void {
  deleteCookie(context, COOKIE, { prefix: 'host', httpOnly: true, sameSite: 'Lax' })
}
