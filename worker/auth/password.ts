/**
 * The admin's password: a secret of the deployment, as it is or as its hash.
 *
 * The hash is PBKDF2 with SHA-256, at the 100,000 iterations that Workers allow. The collector keeps
 * neither.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/web-crypto/
 * @module
 */

import { timingSafeEqual } from 'hono/utils/buffer'

const PREFIX = 'pbkdf2-sha256'
const ITERATIONS = 100_000
const SALT_BYTES = 16
const HASH_BITS = 256

export const MIN_PASSWORD_CHARS = 12

/** More would be work for whoever checks it, and nothing else. */
export const MAX_PASSWORD_CHARS = 1000

/** Such as `pbkdf2-sha256:100000:<salt>:<hash>`, to be the secret in the password's place. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const hash = await derive(password, salt, ITERATIONS)
  return [PREFIX, ITERATIONS, encode(salt), hash].join(':')
}

/** What is wrong with the secret of a deployment, if anything is: then nobody is let in by it. */
export function secretProblem(secret: string): string | undefined {
  if (secret.startsWith(`${PREFIX}:`)) {
    return readHash(secret) ? undefined : 'the password is a hash that cannot be read'
  }
  return secret.length < MIN_PASSWORD_CHARS || secret.length > MAX_PASSWORD_CHARS
    ? `the password must have ${MIN_PASSWORD_CHARS} to ${MAX_PASSWORD_CHARS} characters`
    : undefined
}

/** @param secret The password, or its hash. */
export async function isPassword(sent: string, secret: string): Promise<boolean> {
  if (secretProblem(secret) !== undefined || sent.length > MAX_PASSWORD_CHARS) return false
  const hash = readHash(secret)
  if (!hash) return timingSafeEqual(sent, secret)
  return timingSafeEqual(await derive(sent, hash.salt, hash.iterations), hash.hash)
}

function readHash(secret: string) {
  const [, iterations, salt, hash] =
    new RegExp(`^${PREFIX}:(\\d{4,6}):([\\w+/=]{8,200}):([\\w+/=]{44})$`).exec(secret) ?? []
  if (iterations === undefined || salt === undefined || hash === undefined) return undefined
  const bytes = decode(salt)
  const count = Number(iterations)
  if (bytes === undefined || count > ITERATIONS) return undefined
  return { iterations: count, salt: bytes, hash }
}

async function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<string> {
  const bytes = new TextEncoder().encode(password.normalize('NFKC'))
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return encode(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, HASH_BITS)))
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
