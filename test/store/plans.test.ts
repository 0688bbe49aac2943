import { afterAll, describe, expect, it } from 'vitest'
import type { Driver } from '../../worker/store/driver.ts'
import { sqliteStore } from '../../worker/store/sqlite.ts'
import { sql } from '../../worker/store/sql.ts'
import { change, START_US } from './changes.ts'
import { nodeDriver } from './node-driver.ts'

const SPANS = 100_000

/** Ten spans a trace, half of them foreign; written past the adapter, which would take longer. */
function filled(): Driver & Disposable {
  const driver = nodeDriver()
  const { write } = sqliteStore(driver)
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT ${SPANS})`
  const trace = `printf('%032x', i / 10)`
  driver.all(`${numbers} INSERT INTO span (id, trace_id, trace_told, start_told, start_us, span_id, parent_id, seq, status, facts)
    SELECT printf('%036x', i), ${trace}, i % 2, 1, ${START_US} + i, printf('%016x', i), iif(i % 10 = 0, NULL, printf('%016x', i / 10 * 10)), 0, 'success', '{}' FROM n`)
  driver.all(
    `${numbers} INSERT INTO body (span, field, part, text) SELECT key, 'input', 0, 'x' FROM span`,
  )
  driver.all(
    `INSERT INTO trace SELECT trace_id, start_us, 'n', 'task', 'success', 1, NULL, NULL, 10, 0, '', '' FROM span WHERE parent_id IS NULL`,
  )
  driver.all(
    `INSERT INTO label SELECT trace_id, 'tag', 'tag ' || (rowid % 20), start_us, 1 FROM trace`,
  )
  driver.all(`INSERT INTO label SELECT trace_id, 'status', 'success', start_us, 1 FROM trace`)
  write([change(1)]) // the triggers of nothing: the adapter works on such a database
  return driver
}

describe('sql', () => {
  const driver = filled()
  afterAll(() => driver[Symbol.dispose]())

  it(`has ${SPANS} rows to plan for`, () => {
    expect(driver.all('SELECT count(*) AS spans FROM span')).toEqual([{ spans: SPANS + 1 }])
  })

  it.for(Object.entries(sql))(
    `%s walks no table of ${SPANS} rows and sorts nothing`,
    ([, text]) => {
      const plan = driver
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .map(({ detail }) => detail)
      // Of what a statement itself made, or was given, it may read all.
      const walks = plan.filter((step) => /^SCAN (?!step|wanted|\(subquery|CONSTANT|\d)/.test(step))
      const sorts = plan.filter((step) => step.includes('TEMP B-TREE'))
      expect({ walks, sorts }).toEqual({ walks: [], sorts: [] })
    },
  )

  it.for([
    ['list', 'SEARCH trace USING INDEX trace_start (start_us>? AND start_us<?)'],
    [
      'listLabelled',
      'SEARCH label USING COVERING INDEX label_value (kind=? AND value=? AND start_us>? AND start_us<?)',
    ],
    ['totals', 'SEARCH span USING COVERING INDEX span_trace (trace_id=?)'],
    ['root', 'SEARCH span USING INDEX span_trace (trace_id=?)'],
    ['followers', 'SEARCH span USING INDEX span_follower (parent_id=?)'],
    ['parent', 'SEARCH span USING INDEX span_parent (span_id=?)'],
    ['values', 'SEARCH label USING COVERING INDEX label_value (kind=?)'],
  ] as const)('%s uses its index', ([question, step]) => {
    const plan = driver
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql[question]}`)
      .map(({ detail }) => detail)
    expect(plan).toContain(step)
  })
})
