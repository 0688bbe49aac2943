/**
 * What ClickHouse answers how fast, at ten thousand, a hundred thousand and a million spans.
 *
 * `node collector/clickhouse/run.ts [spans …]` in `bench`. The engine is the library of the tests behind
 * its small server, on this machine; where `CLICKHOUSE_URL` is set it is that one (and
 * `CLICKHOUSE_USER`, `CLICKHOUSE_PASSWORD`), in a database of its own that is left there.
 */

import { PASSWORD, setup, startClickhouse } from '../../../test/support/clickhouse.ts'
import { connect } from '../../../worker/store/clickhouse/client.ts'
import { clickhouseStore } from '../../../worker/store/clickhouse/clickhouse.ts'
import { askAll } from '../asked.ts'
import { copy, WRITTEN } from './copies.ts'
import { batches, SPANS_AT_ONCE } from '../spans.ts'

const sizes = process.argv.slice(2).map(Number)
const { CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } = process.env
const WRITERS = 2

for (const size of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) await measure(size)

async function measure(size: number): Promise<void> {
  if (CLICKHOUSE_URL === undefined) await setup()
  await using server = CLICKHOUSE_URL === undefined ? await startClickhouse() : undefined
  const options = {
    url: server?.url ?? CLICKHOUSE_URL ?? '',
    database: `carrot_bench_${size}`,
    user: CLICKHOUSE_USER ?? 'default',
    password: server ? PASSWORD : (CLICKHOUSE_PASSWORD ?? ''),
    timeoutMs: 300_000,
    settings: { async_insert: 0 },
  }
  const store = clickhouseStore(options)
  console.log(`\n${size.toLocaleString('en')} spans of 2 KB, ten in a trace`)

  const began = performance.now()
  const written = Math.min(size, WRITTEN)
  const waiting = batches(written)
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (const batch of waiting) await store.write('bench', batch)
    }),
  )
  const seconds = (performance.now() - began) / 1000
  console.log(
    `  written at ${Math.round(written / seconds).toLocaleString('en')} spans/s, ${SPANS_AT_ONCE} at once, ${WRITERS} writers`,
  )

  await copy(connect(options), size / written)

  await askAll(store, 'bench', size)
}
