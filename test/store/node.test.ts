import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sqliteStore } from '../../worker/store/sqlite.ts'
import { change, id, row, spanId, summary, traceId } from './changes.ts'
import { storeContract } from './contract.ts'
import { memoryStore, nodeDriver } from './node-driver.ts'

const store = memoryStore()
storeContract('SQLite of Node', () => store, 50)

describe('a database file', () => {
  it('has everything after a restart', () => {
    const folder = mkdtempSync(join(tmpdir(), 'carrot-'))
    const path = join(folder, 'spans.sqlite')
    try {
      {
        using driver = nodeDriver(path)
        sqliteStore(driver).write([change(2, { parentId: spanId(1), input: 'x'.repeat(500_000) })])
      }
      {
        using driver = nodeDriver(path)
        const reopened = sqliteStore(driver)
        reopened.write([change(1, { name: 'root' })])
        expect(reopened.list({})).toEqual({ traces: [summary(1, { name: 'root', spanCount: 2 })] })
        expect(reopened.span(id(2))).toEqual({
          ...row(2, { traceId: traceId(1), parentId: spanId(1), kind: 'task', name: 'task' }),
          input: 'x'.repeat(500_000),
          output: null,
        })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('has all of a batch or nothing', () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const broken = { ...change(2), seq: 0.5 } // no integer: the table refuses it
    expect(() => opened.write([change(1), broken])).toThrow('seq')
    expect(opened.list({})).toEqual({ traces: [] })
    expect(driver.all('SELECT count(*) AS spans FROM span')).toEqual([{ spans: 0 }])
  })

  it('is not written to by a repeated batch', () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const batch = [
      change(1, { input: 'x', tags: ['a'], metadata: { a: 1 } }),
      change(2, { parentId: spanId(1) }),
    ]
    const written = () => driver.all<{ rows: number }>('SELECT total_changes() AS rows')[0]?.rows
    opened.write(batch)
    const once = written()
    opened.write(batch)
    expect(written()).toBe(once)
  })

  it('keeps nothing of a body that is not needed any more', () => {
    using driver = nodeDriver()
    const opened = sqliteStore(driver)
    const long = 'x'.repeat(500_000)
    opened.write([change(1, { input: long, metadata: { long } })])
    opened.write([change(1, { input: 'short', metadata: { long: 'short' } })])
    expect(driver.all('SELECT field, part, text FROM body')).toEqual([
      { field: 'input', part: 0, text: '"short"' },
    ])
  })
})
