/**
 * The key of this machine: made on the first start, and the same from then on.
 *
 * @module
 */

import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @param folder Where the local collector keeps its state. The key is readable by its owner alone. */
export async function localKey(folder: string): Promise<string> {
  const file = join(folder, 'key')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept.trim()) return kept.trim()
  const key = `sk-${randomBytes(32).toString('base64url')}`
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${key}\n`, { mode: 0o600 })
  return key
}
