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

/** How many keys one isolate remembers, and how many that are none; the oldest go first. */
const REMEMBER_KEYS = 1000

interface Remembered {
  grant: Grant | undefined
  untilMs: number
}

/**
 * Keys found by hash, each remembered for a moment.
 *
 * So are hashes that are no key: programs go on sending for long with one that was revoked. They have a
 * place of their own, so that no number of guesses crowds out a key. A new key works at once all the
 * same, for nobody can have asked for it before it was made.
 */
export function rememberedKeys(
  { grant: find, origins }: Pick<KeyBook, 'grant' | 'origins'>,
  now: () => number = Date.now,
): Keys {
  const known = new Map<string, Remembered>()
  const unknown = new Map<string, Remembered>()
  let allowed: { origins: ReadonlySet<string>; untilMs: number } | undefined

  return {
    async find(key) {
      const hash = await hashKey(key)
      const found = known.get(hash) ?? unknown.get(hash)
      if (found && now() < found.untilMs) return found.grant
      known.delete(hash)
      const grant = await find(hash)
      remember(grant ? known : unknown, hash, { grant, untilMs: now() + REMEMBER_MS })
      return grant
    },
    async allows(origin) {
      if (!allowed || now() >= allowed.untilMs) {
        allowed = { origins: new Set(await origins()), untilMs: now() + REMEMBER_MS }
      }
      return allowed.origins.has(origin)
    },
    forget() {
      known.clear()
      unknown.clear()
      allowed = undefined
    },
  }
}

function remember(all: Map<string, Remembered>, hash: string, one: Remembered): void {
  all.delete(hash)
  all.set(hash, one)
  const [oldest] = all.keys()
  if (all.size > REMEMBER_KEYS && oldest !== undefined) all.delete(oldest)
}
