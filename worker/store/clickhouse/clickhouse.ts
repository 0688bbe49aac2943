/**
 * All projects in one ClickHouse, for more spans than one SQLite holds.
 *
 * @module
 */

import type { Pricing } from '../price.ts'
import type { Store } from '../store.ts'
import { connect, type ConnectionOptions } from './client.ts'
import { facets } from './facets.ts'
import { list } from './list.ts'
import { configure, type Prices } from './making.ts'
import { migrate } from './migrate.ts'
import { spans, trace } from './read.ts'
import { remove } from './remove.ts'
import type { SchemaOptions } from './schema.ts'
import { sessions } from './sessions.ts'
import { sum } from './sum.ts'
import { remake, write } from './write.ts'

export interface ClickhouseOptions extends ConnectionOptions, SchemaOptions {
  /** What a call costs; nothing is known of it unless told. */
  price?: Pricing
  /** Names the prices: costs are computed again when it is another. */
  prices?: string
}

/**
 * A store in a ClickHouse, which is brought up to date before the first question.
 *
 * A method rejects with a plain error where ClickHouse refuses or does not answer in time, and with a
 * {@link StoreError} `newer_schema` on a database that a newer program wrote.
 */
export function clickhouseStore(options: ClickhouseOptions): Store {
  const { price = () => () => null } = options
  const connection = connect(options)
  const prices: Prices = { pricing: price, name: options.prices ?? '' }
  let opening: Promise<void> | undefined

  /** Tried again by who asks next, should it fail. */
  function ready(): Promise<void> {
    opening ??= migrate(connection, options).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function asked<T>(question: () => Promise<T>): Promise<T> {
    await ready()
    return question()
  }

  return {
    write: (project, changes) => asked(() => write(connection, project, changes, prices)),
    list: (project, query) => asked(() => list(connection, project, query)),
    trace: (project, traceId) => asked(() => trace(connection, project, traceId)),
    spans: (project, ids) => asked(() => spans(connection, project, ids)),
    sum: (project, query) => asked(() => sum(connection, project, query)),
    facets: (project, query) => asked(() => facets(connection, project, query)),
    sessions: (project, query) => asked(() => sessions(connection, project, query)),
    remove: (project, what) => asked(() => remove(connection, project, what)),
    configure: (project, { priceRules }) => asked(() => configure(connection, project, priceRules)),
    tend: (project) => asked(() => remake(connection, project, prices)),
  }
}
