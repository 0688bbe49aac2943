/**
 * Making a key, from a page or through the API: what may be asked for, and the one time it is shown.
 *
 * @module
 */

import { fields, items, type Json, string } from '../../src/lib/json.ts'
import { Invalid } from './invalid.ts'
import type { KeyBook, KeyEntry } from './key-book.ts'
import { hashKey, newKey, type Scope, SCOPES } from './keys.ts'

export const MAX_NAME_CHARS = 100

/** Far more than a project has programs. */
const MAX_KEYS = 500
const MAX_ORIGINS = 20
const MAX_ORIGIN_CHARS = 200

export interface KeyRequest {
  name: string
  scopes: readonly Scope[]
  origins: readonly string[]
}

/**
 * A request such as `{"name": "website", "scopes": ["ingest"], "origins": ["https://example.com"]}`.
 *
 * @param grantable The scopes that who asks may give: nobody gives more than they have.
 * @throws {Invalid}
 */
export function readKeyRequest(value: Json | undefined, grantable: readonly Scope[]): KeyRequest {
  const asked = fields(value)
  const unknown = Object.keys(asked).some((name) => !['name', 'scopes', 'origins'].includes(name))
  if (unknown) throw new Invalid('a field is not known; there are name, scopes and origins')
  const name = readName(asked.name)
  const wanted = items(asked.scopes)
  const scopes = grantable.filter((scope) => wanted.includes(scope))
  if (scopes.length === 0 || scopes.length !== new Set(wanted).size) {
    throw new Invalid(`\`scopes\` must name one or more of ${grantable.join(', ')}`)
  }
  const origins = [...new Set(items(asked.origins).map(readOrigin))]
  if (asked.origins !== undefined && !Array.isArray(asked.origins)) {
    throw new Invalid('`origins` must be an array of origins')
  }
  if (origins.length > MAX_ORIGINS) {
    throw new Invalid(`\`origins\` may have ${MAX_ORIGINS} entries, found ${origins.length}`)
  }
  if (origins.length > 0 && scopes.join() !== 'ingest') {
    throw new Invalid('a key for pages can be read by everyone: its only scope may be ingest')
  }
  return { name, scopes, origins }
}

/** What a key or person with these scopes may give a new key. Only people have all. */
export function grantable(scopes: readonly Scope[]): readonly Scope[] {
  return SCOPES.filter((scope) => scope !== 'deployment' || scopes.includes(scope))
}

/** What people call a key or a project. */
export function readName(value: Json | undefined): string {
  const name = string(value)?.trim() ?? ''
  if (name === '' || name.length > MAX_NAME_CHARS || /\p{Cc}|\p{Cs}/u.test(name)) {
    throw new Invalid(
      `\`name\` must have 1 to ${MAX_NAME_CHARS} characters, and none that controls text`,
    )
  }
  return name
}

function readOrigin(value: Json): string {
  const text = string(value)?.trim() ?? ''
  const origin = text.length <= MAX_ORIGIN_CHARS && URL.canParse(text) ? new URL(text).origin : ''
  // As the browser writes it: `https://example.com/` and `https://EXAMPLE.com` are found all the same.
  if (!/^https?:\/\/[^\s]+$/.test(origin)) {
    throw new Invalid('an origin must be like https://example.com or http://localhost:3000')
  }
  return origin
}

export interface MadeKey extends KeyEntry {
  /** The key itself. It is in no other place, and cannot be shown again. */
  key: string
}

/**
 * @param id Of the key to be. The same one a second time makes nothing: a page that is sent twice.
 * @throws {Invalid}
 */
export async function makeKey(
  directory: Pick<KeyBook, 'admit' | 'keys'>,
  project: string,
  request: KeyRequest,
  id: string = crypto.randomUUID(),
): Promise<MadeKey> {
  if ((await directory.keys(project)).length >= MAX_KEYS) {
    throw new Invalid(`a project may have ${MAX_KEYS} keys: revoke one first`)
  }
  const key = newKey()
  const made = await directory.admit(await hashKey(key), { ...request, id, project })
  if (!made) {
    throw new Invalid('this key was made before, and is shown once: make another, revoke that one')
  }
  return { ...request, id, project, key, createdUs: Date.now() * 1000 }
}
