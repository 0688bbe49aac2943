import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import { SPAN_MIGRATIONS } from '../../worker/store/sqlite/schema.ts'
import { temporaryFolder } from '../hosts/folder.ts'
import { makeVersion1 } from '../hosts/version-1.ts'

const program = fileURLToPath(new URL('migrate.ts', import.meta.url))
const steps = SPAN_MIGRATIONS[1]?.length ?? 0
const places = Array.from({ length: 8 }, (_, index) => Math.round((index * steps) / 7))

describe('a process that is killed while it brings a database up to date', () => {
  it.each(places)('after step %i leaves it as it was', async (place) => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'a.sqlite')
    {
      using driver = nodeDriver(file)
      await makeVersion1(driver)
    }
    const { signal } = spawnSync(process.execPath, [program, file, String(place)])
    expect(signal).toBe('SIGKILL')
    using driver = nodeDriver(file)
    const [versions, checked] = await driver.run([
      ['SELECT version FROM migration'],
      ['PRAGMA integrity_check'],
    ])
    expect(versions).toEqual([{ version: 1 }])
    expect(checked).toEqual([{ integrity_check: 'ok' }])
    expect((await sqliteStore(driver).list({})).traces).toHaveLength(7)
  })
})
