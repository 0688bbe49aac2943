import { describe, expect, it } from 'vitest'
import { directory } from '../../worker/auth/directory.ts'
import { MIGRATIONS } from '../../worker/auth/directory-schema.ts'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { migrate } from '../../worker/store/sqlite/migrate.ts'
import { directoryContract } from './directory-contract.ts'

directoryContract('SQLite of Node', (now) => directory(nodeDriver(), now))

describe('directory', () => {
  it('brings what version 1 wrote to the newest, with its keys', async () => {
    const driver = nodeDriver()
    await migrate(driver, MIGRATIONS.slice(0, 1))
    await driver.run([
      [`INSERT INTO project (name, created_us) VALUES ('local', 1)`],
      [
        `INSERT INTO key (hash, id, project, name, scopes, created_us, revoked_us) VALUES
          ('h1', 'k1', 'local', 'mine', 'ingest read', 2, NULL),
          ('h2', 'k2', 'local', 'old', 'ingest', 3, 4)`,
      ],
    ])
    const known = directory(driver)
    expect(await known.projects()).toEqual([{ id: 'local', name: 'local', createdUs: 1 }])
    expect(await known.grant('h1')).toEqual({
      id: 'k1',
      project: 'local',
      scopes: ['ingest', 'read'],
      origins: [],
    })
    expect(await known.grant('h2')).toBeUndefined()
    expect(await known.settings('local')).toEqual({ retentionDays: null, prices: [], views: [] })
  })

  it('asks again after a first question that failed', async () => {
    const driver = nodeDriver()
    let fails = true
    const known = directory({
      run: (statements) => (fails ? Promise.reject(new Error('locked')) : driver.run(statements)),
    })
    await expect(known.projects()).rejects.toThrow('locked')
    fails = false
    expect(await known.projects()).toEqual([])
  })

  it('is one for two processes that open it at once', async () => {
    const driver = nodeDriver()
    const [one, other] = [directory(driver), directory(driver)]
    await Promise.all([one.createProject('p1', 'a'), other.createProject('p2', 'b')])
    expect(await one.projects()).toHaveLength(2)
  })
})
