/**
 * Keys: what they look like, and who they let in where.
 *
 * A key is 256 random bits and is kept as its SHA-256 only, which is also how it is found, so that
 * no secret is ever compared. A slow hash would add nothing to a random key.
 *
 * @module
 */

import type { KeyBook } from './key-book.ts'

/**
 * What a key is for: sending, reading, looking after its project (keys, settings), looking after the
 * deployment (projects, metrics).
 */
export type Scope = 'ingest' | 'read' | 'admin' | 'deployment'

export const SCOPES: readonly Scope[] = ['ingest', 'read', 'admin', 'deployment']

/** What a key opens. */
export interface Grant {
  /** The key's name for logs and limits. It opens nothing. */
  id: string
  project: string
  scopes: readonly Scope[]
  /** Pages of these origins may use it; none: it is for programs. */
  origins: readonly string[]
}

export interface Keys {
  /** The grant of a key; none if the key is unknown or revoked. */
  find(key: string): Promise<Grant | undefined>
  /** Whether a page of this origin may send with any key: all that a preflight can be asked. */
  allows(origin: string): Promise<boolean>
  /** Asks anew for every key from here on. */
  forget(): void
}

const KEY_BYTES = 32

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const text = btoa(String.fromCharCode(...bytes))
  return `sk-${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

export async function hashKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * A revoked key is refused at once by the isolate or process that revoked it, and by every other at
 * the latest after this.
 */
export const REMEMBER_MS = 10_000

/** How many grants one isolate remembers; the oldest goes first. */
const REMEMBER_KEYS = 1000

/**
 * Keys found by hash, each remembered for a moment.
 *
 * Only grants are remembered: a new key works at once, and guesses fill no memory.
 */
export function rememberedKeys(
  { grant: find, origins }: Pick<KeyBook, 'grant' | 'origins'>,
  now: () => number = Date.now,
): Keys {
  const remembered = new Map<string, { grant: Grant; untilMs: number }>()
  let allowed: { origins: ReadonlySet<string>; untilMs: number } | undefined

  function remember(hash: string, grant: Grant): void {
    remembered.delete(hash)
    remembered.set(hash, { grant, untilMs: now() + REMEMBER_MS })
    const [oldest] = remembered.keys()
    if (remembered.size > REMEMBER_KEYS && oldest !== undefined) remembered.delete(oldest)
  }

  return {
    async find(key) {
      const hash = await hashKey(key)
      const known = remembered.get(hash)
      if (known && now() < known.untilMs) return known.grant
      remembered.delete(hash)
      const grant = await find(hash)
      if (grant) remember(hash, grant)
      return grant
    },
    async allows(origin) {
      if (!allowed || now() >= allowed.untilMs) {
        allowed = { origins: new Set(await origins()), untilMs: now() + REMEMBER_MS }
      }
      return allowed.origins.has(origin)
    },
    forget() {
      remembered.clear()
      allowed = undefined
    },
  }
}
