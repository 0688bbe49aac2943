import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import type { TraceQuery } from '../../worker/store/query.ts'
import { type Driver, rowsOf, type Statement } from '../../worker/store/sqlite/driver.ts'
import { facets } from '../../worker/store/sqlite/facets.ts'
import { list } from '../../worker/store/sqlite/list.ts'
import { sessions } from '../../worker/store/sqlite/sessions.ts'
import { sql } from '../../worker/store/sqlite/sql.ts'
import { sqliteStore } from '../../worker/store/sqlite/sqlite.ts'
import { sum } from '../../worker/store/sqlite/sum.ts'
import { change, START_US } from './changes.ts'

const SPANS = 100_000

/** Ten spans a trace, half of them foreign; written past the adapter, which would take longer. */
async function fill(driver: Driver): Promise<void> {
  const store = sqliteStore(driver)
  await store.list({})
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT ${SPANS})`
  const trace = `printf('%032x', i / 10)`
  await driver.run([
    [
      `${numbers} INSERT INTO span (id, rev, trace_id, trace_told, start_told, start_us, span_id, parent_id, seq, status, model, facts)
        SELECT printf('%036x', i), 1, ${trace}, i % 2, 1, ${START_US} + i, printf('%016x', i),
          iif(i % 10 = 0, NULL, printf('%016x', i / 10 * 10)), 0, 'success', iif(i % 5 = 0, 'm', NULL), '{}' FROM n`,
    ],
    [
      `INSERT INTO trace (trace_id, start_us, name, kind, status, duration_us, cost_missing, span_count, error_count, input_preview, output_preview)
        SELECT trace_id, start_us, 'n', 'task', 'success', 1, 0, 10, 0, '', '' FROM span WHERE parent_id IS NULL`,
    ],
    [`INSERT INTO label SELECT key, 'tag', 'tag ' || (key % 20), start_us, 1 FROM trace`],
    [`INSERT INTO label SELECT key, 'status', 'success', start_us, 1 FROM trace`],
    [`INSERT INTO label SELECT key, 'session', 'session ' || (key / 10), start_us, 1 FROM trace`],
    [
      `INSERT INTO words (rowid, text) SELECT 2 * key, iif(key % 100 = 0, 'rare', 'common') FROM span`,
    ],
    [`INSERT INTO unread (number, text) SELECT 2 * key + 1, 'x' FROM span`],
    [
      `${numbers} INSERT INTO piece (name, uses, coding, data) SELECT printf('%022x', i), 1, 0, x'' FROM n`,
    ],
    [`${numbers} INSERT INTO removed SELECT printf('%031xf', i), i FROM n`],
  ])
  await store.write([change(1)]) // the adapter works on such a database
}

/** What of a plan reads a table from end to end, and what sorts. */
function costly(plan: readonly { detail: string }[]) {
  const steps = plan.map(({ detail }) => detail)
  return {
    // Of what a statement itself made, or was given, it may read all.
    walks: steps.filter((step) =>
      /^SCAN (?!wanted|seen|needed|used|change|told|other|family|text|found|totals|json_each|excluded|words VIRTUAL|\(subquery|CONSTANT|\d)/.test(
        step,
      ),
    ),
    sorts: steps.filter((step) => step.includes('TEMP B-TREE')),
  }
}

/** Gathers what is asked of a driver. */
function listening(driver: Driver): { driver: Driver; heard: Statement[] } {
  const heard: Statement[] = []
  return {
    heard,
    driver: {
      run(statements) {
        heard.push(...statements)
        return driver.run(statements)
      },
    },
  }
}

describe(`with ${SPANS} spans`, () => {
  const driver = nodeDriver()
  beforeAll(() => fill(driver))
  afterAll(() => driver[Symbol.dispose]())

  const planOf = (text: string) => rowsOf<{ detail: string }>(driver, `EXPLAIN QUERY PLAN ${text}`)

  it('has them', async () => {
    expect(await rowsOf(driver, 'SELECT count(*) AS spans FROM span')).toEqual([
      { spans: SPANS + 1 },
    ])
  })

  /**
   * The totals of a trace are grouped, those who wait for one another are found once. What is put off
   * is walked from its beginning; what is remembered of removals is walked now and then.
   */
  const SORTS = new Set(['putTraces', 'followers'])
  const WALKS = new Set(['forget', 'readWords', 'dropRead', 'isUnread'])

  it.for(Object.entries(sql))('%s walks no table and sorts nothing', async ([name, text]) => {
    const { walks, sorts } = costly(await planOf(text))
    expect(WALKS.has(name) ? [] : walks).toEqual([])
    expect(SORTS.has(name) ? [] : sorts).toEqual([])
  })

  it.for([
    ['spansOfTrace', 'SEARCH span USING INDEX span_trace (trace_id=?)'],
    ['followers', 'SEARCH follower USING INDEX span_follower (parent_id=?)'],
    ['parents', 'SEARCH span USING INDEX span_parent (span_id=?)'],
    ['putTraces', 'SEARCH span USING COVERING INDEX span_trace (trace_id=?)'],
    ['oldest', 'SEARCH trace USING INDEX trace_start (start_us<?)'],
  ] as const)('%s uses its index', async ([question, step]) => {
    const plan = await planOf(sql[question])
    expect(plan.map(({ detail }) => detail)).toContain(step)
  })

  const tag = { field: 'tag', values: ['tag 7'] } as const
  const status = { field: 'status', values: ['success'] } as const
  const during = { fromUs: START_US, toUs: START_US + SPANS }
  const LISTS: [string, TraceQuery, string][] = [
    ['everything', {}, 'SCAN trace USING INDEX trace_start'],
    ['a time', during, 'SEARCH trace USING INDEX trace_start (start_us>? AND start_us<?)'],
    [
      'the rarest of several labels',
      { ...during, terms: [status, tag] },
      'SEARCH lead USING COVERING INDEX label_value (field=? AND value=? AND start_us>? AND start_us<?)',
    ],
    [
      'a page of a label',
      { terms: [tag], before: `0.${(START_US + 50_000).toString(36)}.5` },
      'SEARCH lead USING COVERING INDEX label_value (field=? AND value=? AND start_us<?)',
    ],
    [
      'a rare word and a label that is more common',
      { terms: [{ field: 'text', words: ['rare'] }, status] },
      'SEARCH trace USING INDEX sqlite_autoindex_trace_1 (trace_id=?)',
    ],
    [
      'a common word',
      { terms: [{ field: 'text', words: ['common'] }] },
      'SEARCH trace USING INDEX trace_start (start_us>?)',
    ],
    [
      'the beginning of a common word',
      { terms: [{ field: 'text', words: ['comm*'] }] },
      'SEARCH trace USING INDEX sqlite_autoindex_trace_1 (trace_id=?)',
    ],
    [
      'the beginning of a label',
      { terms: [{ ...tag, prefix: true }] },
      'SCAN trace USING INDEX trace_start',
    ],
  ]

  it.for(LISTS)('a list by %s begins at an index', async ([, query, first]) => {
    const { driver: heard, heard: statements } = listening(driver)
    expect((await list(heard, query)).traces).not.toEqual([])
    const [text = ''] = statements.findLast(([statement]) => statement.includes('sorted_by')) ?? []
    const plan = await planOf(text)
    expect(plan.map(({ detail }) => detail)).toContain(first)
    const isFew = query.terms?.some((term) => term.field === 'text' && term.words[0] !== 'common')
    expect(costly(plan).sorts.includes('USE TEMP B-TREE FOR ORDER BY')).toBe(isFew === true)
  })

  it('sums of calls read one index and no row', async () => {
    const { driver: heard, heard: statements } = listening(driver)
    const hour = { of: 'calls', fromUs: START_US, toUs: START_US + SPANS, stepUs: 1000 } as const
    expect((await sum(heard, { ...hour, by: 'model' })).buckets).toHaveLength(100)
    for (const [text] of statements) {
      const plan = await planOf(text)
      expect(plan.map(({ detail }) => detail)).toContain(
        'SEARCH span USING COVERING INDEX span_call (start_us>? AND start_us<?)',
      )
    }
  })

  it('sums of tools read one index and no row', async () => {
    const { driver: heard, heard: statements } = listening(driver)
    const hour = { of: 'tools', fromUs: START_US, toUs: START_US + SPANS, stepUs: 1000 } as const
    await sum(heard, { ...hour, by: 'name' })
    for (const [text] of statements) {
      const plan = await planOf(text)
      expect(plan.map(({ detail }) => detail)).toContain(
        'SEARCH span USING COVERING INDEX span_tool (start_us>? AND start_us<?)',
      )
    }
  })

  it('a page of sessions walks the traces that have one, the newest first', async () => {
    const { driver: heard, heard: statements } = listening(driver)
    const page = await sessions(heard, { limit: 10, toUs: START_US + SPANS / 2 })
    expect(page.sessions).toHaveLength(10)
    const next = await sessions(heard, {
      limit: 10,
      before: page.next ?? '',
      toUs: START_US + SPANS / 2,
    })
    expect(next.sessions.map(({ sessionId }) => sessionId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `session ${490 - index}`),
    )
    for (const [text] of statements.filter(([statement]) => statement.includes('AS lead'))) {
      const plan = await planOf(text)
      expect(plan.some(({ detail }) => detail.includes('COVERING INDEX label_session'))).toBe(true)
      // What a statement itself found it may read whole, and sort.
      expect(costly(plan).walks.filter((step) => !/SCAN (lead|found)/.test(step))).toEqual([])
    }
    for (const [text] of statements.filter(([statement]) => statement.includes('AS told'))) {
      const plan = await planOf(text)
      expect(plan.map(({ detail }) => detail)).toContain(
        'SEARCH label USING COVERING INDEX label_value (field=? AND value=?)',
      )
      expect(costly(plan).walks).toEqual([])
    }
  })

  it('facets read the labels of the traces that were found', async () => {
    const { driver: heard, heard: statements } = listening(driver)
    const found = await facets(heard, { fields: ['status', 'tag'], terms: [tag] })
    expect(found).toEqual({
      status: [{ value: 'success', traces: 500 }],
      tag: [{ value: 'tag 7', traces: 500 }],
    })
    const [text = ''] = statements.at(-1) ?? []
    const plan = await planOf(text)
    expect(costly(plan).walks).toEqual([])
    expect(plan.map(({ detail }) => detail)).toContain(
      'SEARCH label USING PRIMARY KEY (trace=? AND field=?)',
    )
  })
})
