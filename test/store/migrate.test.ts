import { describe, expect, it } from 'vitest'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { rowsOf } from '../../worker/store/sqlite/driver.ts'
import { migrate, type Migration } from '../../worker/store/sqlite/migrate.ts'

const FIRST: Migration = ['CREATE TABLE note (text TEXT)']
const SECOND: Migration = [
  'ALTER TABLE note ADD COLUMN author TEXT',
  `UPDATE note SET author = 'unknown'`,
]

describe('migrate', () => {
  it('brings an older database forward and keeps its data', async () => {
    using driver = nodeDriver()
    await migrate(driver, [FIRST])
    await driver.run([[`INSERT INTO note VALUES ('kept')`]])
    await migrate(driver, [FIRST, SECOND])
    await migrate(driver, [FIRST, SECOND])
    expect(await rowsOf(driver, 'SELECT * FROM note')).toEqual([
      { text: 'kept', author: 'unknown' },
    ])
    expect(await rowsOf(driver, 'SELECT version FROM migration')).toEqual([
      { version: 1 },
      { version: 2 },
    ])
  })

  it('refuses a database of a newer program and leaves it alone', async () => {
    using driver = nodeDriver()
    await migrate(driver, [FIRST, SECOND])
    await expect(migrate(driver, [FIRST])).rejects.toMatchObject({
      name: 'StoreError',
      code: 'newer_schema',
    })
    expect(await rowsOf(driver, 'SELECT version FROM migration')).toHaveLength(2)
  })

  it('leaves the old schema when a step fails', async () => {
    using driver = nodeDriver()
    await migrate(driver, [FIRST])
    const broken = migrate(driver, [FIRST, SECOND, ['CREATE TABLE note (again TEXT)']])
    await expect(broken).rejects.toThrow('note')
    expect(await rowsOf(driver, 'SELECT version FROM migration')).toEqual([{ version: 1 }])
    expect(await rowsOf(driver, 'SELECT name FROM pragma_table_info(?)', 'note')).toEqual([
      { name: 'text' },
    ])
  })

  it('is done once by two that start at the same time', async () => {
    using driver = nodeDriver()
    await Promise.all([migrate(driver, [FIRST, SECOND]), migrate(driver, [FIRST, SECOND])])
    expect(await rowsOf(driver, 'SELECT version FROM migration')).toHaveLength(2)
  })
})
