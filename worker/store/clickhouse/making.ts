/**
 * What rows are made with: the engine's clock, and the prices of a project.
 *
 * @module
 */

import type { Price, PriceRule, Pricing } from '../price.ts'
import type { Connection } from './client.ts'

export interface Prices {
  pricing: Pricing
  /** Names them: rows that were made with others are made again. */
  name: string
}

export interface Making {
  /** Microseconds of the engine's own clock: the newest row of a span counts. */
  version: number
  price: Price
  /** Names all that a row is made with. */
  made: string
}

/** Names how rows are made from what was said; another one has them made again. */
const ROWS = 'rows 2'

/** The clock comes first: all that is looked at from now on is no older. */
export async function startMaking(
  connection: Connection,
  project: string,
  { pricing, name }: Prices,
): Promise<Making> {
  const [now] = await connection.ask<{ us: number; version: number; rules: string }>(
    `SELECT toUnixTimestamp64Micro(now64(6)) AS us, max(setting.version) AS version,
        argMax(setting.rules, setting.version) AS rules
      FROM setting WHERE project = {project:String}`,
    { project },
  )
  if (now === undefined) throw new Error('ClickHouse did not say what time it is')
  const rules: PriceRule[] = now.rules === '' ? [] : JSON.parse(now.rules)
  return { version: now.us, price: pricing(rules), made: `${ROWS}, ${name}, ${now.version}` }
}

export async function configure(
  connection: Connection,
  project: string,
  priceRules: readonly PriceRule[],
): Promise<void> {
  const rules = JSON.stringify(priceRules)
  const [known] = await connection.ask<{ rules: string }>(
    `SELECT rules FROM setting FINAL WHERE project = {project:String}`,
    { project },
  )
  if ((known?.rules ?? '[]') !== rules) await connection.insert('setting', [{ project, rules }])
}
