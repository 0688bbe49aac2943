import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localKey } from '../../worker/cli/local-key.ts'
import { lockFolder } from '../../worker/cli/lock.ts'
import { freePort } from '../../worker/cli/port.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrot-trace-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('localKey', () => {
  it('makes a key once, for its owner alone', async () => {
    const key = await localKey(join(folder, 'new'))
    expect(key).toMatch(/^sk-[\w-]{43}$/)
    expect(await localKey(join(folder, 'new'))).toBe(key)
    expect((await stat(join(folder, 'new/key'))).mode & 0o777).toBe(0o600)
  })
})

describe('lockFolder', () => {
  it('lets one process in, and the next when it has gone', async () => {
    const lock = await lockFolder(folder)
    expect(await lockFolder(folder)).toEqual({ holder: process.pid })
    if (!('release' in lock)) throw new Error('The folder was free.')
    lock.release()
    expect(await lockFolder(folder)).toHaveProperty('release')
  })

  it.each(['2147483646', '', 'nonsense'])(
    'takes over from a process that is gone: "%s"',
    async (left) => {
      await writeFile(join(folder, 'lock'), left)
      expect(await lockFolder(folder)).toHaveProperty('release')
      expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(String(process.pid))
    },
  )
})

describe('freePort', () => {
  it('gives the port wanted, or another if it is taken', async () => {
    const server = createServer()
    const taken = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const other = await freePort(taken, '127.0.0.1')
    await new Promise((resolve) => server.close(resolve))
    expect(other).not.toBe(taken)
    expect(await freePort(taken, '127.0.0.1')).toBe(taken)
  })
})
