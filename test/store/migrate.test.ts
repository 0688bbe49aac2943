import { describe, expect, it } from 'vitest'
import { migrate, type Migration } from '../../worker/store/migrate.ts'
import { nodeDriver } from './node-driver.ts'

const FIRST: Migration = ['CREATE TABLE note (text TEXT)']
const SECOND: Migration = [
  'ALTER TABLE note ADD COLUMN author TEXT',
  `UPDATE note SET author = 'unknown'`,
]

describe('migrate', () => {
  it('brings an older database forward and keeps its data', () => {
    using driver = nodeDriver()
    migrate(driver, [FIRST])
    driver.all(`INSERT INTO note VALUES ('kept')`)
    migrate(driver, [FIRST, SECOND])
    migrate(driver, [FIRST, SECOND])
    expect(driver.all('SELECT * FROM note')).toEqual([{ text: 'kept', author: 'unknown' }])
    expect(driver.all('SELECT version FROM migration')).toEqual([{ version: 1 }, { version: 2 }])
  })

  it('refuses a database of a newer program and leaves it alone', () => {
    using driver = nodeDriver()
    migrate(driver, [FIRST, SECOND])
    expect(() => migrate(driver, [FIRST])).toThrow(
      expect.objectContaining({ name: 'StoreError', code: 'newer_schema' }),
    )
    expect(driver.all('SELECT version FROM migration')).toEqual([{ version: 1 }, { version: 2 }])
  })

  it('leaves the old schema when a step fails', () => {
    using driver = nodeDriver()
    migrate(driver, [FIRST])
    expect(() => migrate(driver, [FIRST, SECOND, ['CREATE TABLE note (again TEXT)']])).toThrow(
      'note',
    )
    expect(driver.all('SELECT version FROM migration')).toEqual([{ version: 1 }])
    expect(driver.all('SELECT name FROM pragma_table_info(?)', 'note')).toEqual([{ name: 'text' }])
  })
})
