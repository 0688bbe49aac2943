/**
 * One collector per folder: two on the same files would destroy them.
 *
 * @module
 */

import { rmSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Lock {
  /** At once, so that it can be the last thing that a process does. */
  release(): void
}

/** Takes the folder, or says which process has it. A process that is gone has it no more. */
export async function lockFolder(folder: string): Promise<Lock | { holder: number }> {
  const file = join(folder, 'lock')
  await mkdir(folder, { recursive: true })
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' })
      return { release: () => rmSync(file, { force: true }) }
    } catch (error) {
      if (!isTaken(error)) throw error
      const holder = Number(await readFile(file, 'utf8').catch(() => ''))
      if (isRunning(holder)) return { holder }
      await rm(file, { force: true })
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0) // asks, and does not kill
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
