/**
 * ClickHouse for tests: the engine as a library, behind a small server in a process of its own.
 *
 * The library is a package in a folder of its own, because of its size (180 MB to fetch, 540 on disk),
 * and is fetched when it is first asked for. There is none for Windows, nor for a Linux without glibc.
 *
 * @module
 */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('clickhouse', import.meta.url))

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']

/** Whether there is an engine for this machine. */
export const IS_SUPPORTED: boolean =
  PLATFORMS.includes(`${process.platform}-${process.arch}`) &&
  (process.platform !== 'linux' ||
    'glibcVersionRuntime' in Object(process.report?.getReport()).header)

export const PASSWORD = 'the password of the tests'

export interface Clickhouse extends AsyncDisposable {
  url: string
  /** Ends the process at once, as a failing machine would. */
  kill(): Promise<void>
}

/** @param data A folder that is there, to begin with what it has; else it is a new one, and goes in the end. */
export async function startClickhouse(data?: string, port = 0): Promise<Clickhouse> {
  const path = data ?? mkdtempSync(join(tmpdir(), 'carrot-clickhouse-'))
  const child = spawn(
    process.execPath,
    [join(folder, 'server.mjs'), join(path, 'data'), String(port), PASSWORD],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => {
      throw new Error('the engine could not be started')
    }),
  ])
  const ended = once(child, 'exit')
  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await ended
  }
  return {
    url: `http://127.0.0.1:${line}`,
    kill,
    async [Symbol.asyncDispose]() {
      await kill()
      if (data === undefined) rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Fetches the library if it is not there. Where that fails the tests that need it do. */
export async function setup(): Promise<void> {
  if (!IS_SUPPORTED) {
    console.error(
      `There is no ClickHouse for ${process.platform} ${process.arch}: not tested here.`,
    )
    return
  }
  if (isThere()) return
  // Not `npm ci`: that wants the libraries of all platforms in the lock file.
  const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  await run('npm', install, { cwd: folder }).catch((error: Error) => console.error(error.message))
}

/** As the lock file has it. */
function isThere(): boolean {
  const [wanted, found] = ['package-lock.json', 'node_modules/.package-lock.json'].map((lock) => {
    const file = join(folder, lock)
    if (!existsSync(file)) return undefined
    const { packages }: { packages: Record<string, { version: string }> } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    return packages['node_modules/chdb']?.version
  })
  return wanted !== undefined && wanted === found
}
