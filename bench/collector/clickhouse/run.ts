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
import { copy, WRITTEN } from './copies.ts'
import { QUESTIONS } from './questions.ts'
import { batches, SPANS_AT_ONCE } from './spans.ts'

const sizes = process.argv.slice(2).map(Number)
const { CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } = process.env
const REPEATS = 15
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

  for (const [name, ask] of QUESTIONS) {
    const times: number[] = []
    let found = 0
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const start = performance.now()
      found = await ask(store, 'bench', size)
      times.push(performance.now() - start)
    }
    times.sort((one, other) => one - other)
    const [median = 0, most = 0] = [times[REPEATS >> 1], times.at(-1)]
    console.log(
      `  ${name.padEnd(34)} ${median.toFixed(0).padStart(6)} ms, at most ${most.toFixed(0).padStart(6)} ms  (${found})`,
    )
  }
}
