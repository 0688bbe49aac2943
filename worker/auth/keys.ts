/**
 * Keys: what they look like, and who they let in where.
 *
 * A key is 256 random bits and is kept as its SHA-256 only, which is also how it is found, so that
 * no secret is ever compared. A slow hash would add nothing to a random key.
 *
 * @module
 */

export type Scope = 'ingest' | 'read' | 'admin'

export const SCOPES: readonly Scope[] = ['ingest', 'read', 'admin']

/** What a key opens. */
export interface Grant {
  project: string
  scopes: readonly Scope[]
}

export interface Keys {
  /** The grant of a key; none if the key is unknown or revoked. */
  find(key: string): Promise<Grant | undefined>
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

/** A revoked key is refused at the latest after this. */
const REMEMBER_MS = 60_000

/** How many grants one isolate remembers; the oldest goes first. */
const REMEMBER_KEYS = 1000

/**
 * Keys found by hash, each remembered for a minute.
 *
 * Only grants are remembered: a new key works at once, and guesses fill no memory.
 */
export function rememberedKeys(
  find: (hash: string) => Promise<Grant | undefined>,
  now: () => number = Date.now,
): Keys {
  const remembered = new Map<string, { grant: Grant; untilMs: number }>()

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
  }
}
