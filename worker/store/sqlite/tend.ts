/**
 * What is put off when spans are written, a slice at a time: words for search, and whatever a new
 * version of the program or of its prices has to say of older spans.
 *
 * @module
 */

import { type Driver, rowsOf, type Statement } from './driver.ts'
import type { PriceRule } from '../price.ts'
import { readPieces, RULES } from './look.ts'
import type { Changed } from './plan.ts'
import { firstTextUs } from '../shown.ts'
import type { StoredSpan } from './rows.ts'
import { sql } from './sql.ts'
import { isOld, neededPieces, storedOf } from './stored.ts'
import { changeSpans, guard, isClash, type WriteOptions } from './write.ts'

/** Texts in one transaction: about 50 ms of work. */
const MAX_TEXTS = 500

/** Old spans in one transaction. */
const MAX_OLD = 200

/** Late steps of a removed trace are refused this long. */
const REMEMBER_US = 7 * 24 * 3_600_000_000

/** @returns Whether there is more to do. */
export async function tend(driver: Driver, options: WriteOptions): Promise<boolean> {
  await driver.run([[sql.forget, options.nowUs - REMEMBER_US]])
  const isRead = await readWords(driver)
  const isTold = await reread(driver, options)
  return !isRead || !isTold
}

/** @returns Whether all words can be found now. */
export async function readWords(driver: Driver): Promise<boolean> {
  const [, , rest] = await driver.run([
    [sql.readWords, MAX_TEXTS],
    [sql.dropRead, MAX_TEXTS],
    [sql.isUnread],
  ])
  return rest?.length === 0
}

/** From the span after this key on, labels, words and costs are to be made again. */
const PROGRESS = 'reread'

/** Has all costs computed again if they were by other prices than these. */
export async function notePrices(driver: Driver, prices: string): Promise<void> {
  await note(driver, 'prices', prices)
}

/** The same for the prices of the project itself. */
export async function noteRules(driver: Driver, rules: readonly PriceRule[]): Promise<void> {
  await note(driver, RULES, JSON.stringify(rules))
}

async function note(driver: Driver, name: string, value: string): Promise<void> {
  const [known] = await rowsOf<{ value: string }>(driver, sql.state, name)
  if (known?.value === value) return
  const [first] = await rowsOf(driver, `SELECT 1 AS yes FROM span LIMIT 1`)
  await driver.run([
    [sql.putState, name, value],
    ...(first === undefined ? [] : [[sql.putState, PROGRESS, '0'] as const]),
  ])
}

async function reread(driver: Driver, { priceBy }: WriteOptions): Promise<boolean> {
  const [progress] = await rowsOf<{ value: string }>(driver, sql.state, PROGRESS)
  if (progress === undefined) return true
  const rows = await rowsOf<StoredSpan>(driver, sql.spansFrom, Number(progress.value), MAX_OLD)
  const last = rows.at(-1)
  if (last === undefined) {
    await driver.run([[sql.dropState, PROGRESS]])
    return true
  }
  const [rules] = await rowsOf<{ value: string }>(driver, sql.state, RULES)
  const price = priceBy(rules?.value)
  const pieces = await readPieces(driver, rows.flatMap(neededPieces))
  const changed = rows.flatMap((row): Changed[] => {
    const before = storedOf(row, pieces)
    const { key: _key, rev: _rev, ...columns } = row
    const made = { cost_nano: price(before.known), first_text_us: firstTextUs(before.known.call) }
    const after = { ...columns, ...made }
    const isSame = !isOld(row) && after.cost_nano === row.cost_nano
    return isSame ? [] : [{ before, after, known: before.known }]
  })
  const statements: Statement[] =
    changed.length > 0 ? [guard(changed, null, []), ...changeSpans(changed)] : []
  statements.push([sql.putState, PROGRESS, String(last.key)])
  await driver.run(statements).catch((error: unknown) => {
    if (!isClash(error)) throw error // else the same slice comes again
  })
  return false
}
