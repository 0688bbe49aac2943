/**
 * What SQLite on Node takes and answers how fast: spans a second beside the least that it can do with
 * the same rows, and what a dashboard asks at ten thousand, a hundred thousand and a million spans.
 *
 * `node collector/sqlite/run.ts [spans …]` in `bench`; prints.
 */

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeDriver } from '../../../worker/node/node-driver.ts'
import { sqliteStore } from '../../../worker/store/sqlite/sqlite.ts'
import type { SpanChange, Store } from '../../../worker/store/store.ts'
import { askAll, type Asked } from '../asked.ts'
import { batches } from '../spans.ts'
import { floor } from './floor.ts'

const PER_BATCH = 100
const FLOOR_SPANS = 50_000

const asked = process.argv.slice(2).map(Number)
const sizes = asked.length > 0 ? asked : [10_000, 100_000, 1_000_000]
const folder = mkdtempSync(join(tmpdir(), 'carrot-bench-'))
try {
  await besideTheFloor()
  const answers: [size: number, answers: Asked[]][] = []
  for (const size of sizes) answers.push([size, await measure(size)])
  growth(answers)
} finally {
  rmSync(folder, { recursive: true })
}

async function besideTheFloor(): Promise<void> {
  const path = join(folder, 'written.sqlite')
  const { spansPerSecond, cpuPerSpan } = await fill(path, FLOOR_SPANS, false)
  const least = await floor(path, join(folder, 'floor.sqlite'), {
    spans: FLOOR_SPANS,
    perBatch: PER_BATCH,
  })
  console.log(`${FLOOR_SPANS.toLocaleString('en')} spans of 2 KB, ${PER_BATCH} a transaction`)
  console.log(`  the store        ${rate(spansPerSecond, cpuPerSpan)}`)
  console.log(`  the same rows    ${rate(least.spansPerSecond, least.cpuPerSpan)}`)
  console.log(`  of that          ${(spansPerSecond / least.spansPerSecond).toFixed(2)}`)
}

async function measure(size: number): Promise<Asked[]> {
  const path = join(folder, `${size}.sqlite`)
  const { store, spansPerSecond, cpuPerSpan, close } = await fill(path, size, true)
  const megabytes = statSync(path).size / 1e6
  console.log(
    `\n${size.toLocaleString('en')} spans of 2 KB, ten in a trace: ${megabytes.toFixed(0)} MB`,
  )
  console.log(`  written, with words, ${rate(spansPerSecond, cpuPerSpan)}`)
  const answers = await askAll(store, 'bench', size)
  close()
  return answers
}

async function fill(path: string, size: number, withWords: boolean) {
  const driver = nodeDriver(path)
  const project = sqliteStore(driver)
  let [seconds, cpu, count] = [0, 0, 0]
  async function timed(work: () => Promise<unknown>): Promise<void> {
    const [start, before] = [performance.now(), process.cpuUsage()]
    await work()
    const used = process.cpuUsage(before)
    seconds += (performance.now() - start) / 1000
    cpu += used.user + used.system
  }
  for (const batch of batches(size)) {
    for (let start = 0; start < batch.length; start += PER_BATCH) {
      const some: SpanChange[] = batch.slice(start, start + PER_BATCH)
      await timed(() => project.write(some))
      count += some.length
    }
    if (withWords) await timed(() => tended(project.tend))
  }
  return {
    store: storeOf(project),
    spansPerSecond: count / seconds,
    cpuPerSpan: cpu / count,
    close: () => driver[Symbol.dispose](),
  }
}

async function tended(tend: () => Promise<boolean>): Promise<void> {
  while (await tend());
}

function storeOf(project: ReturnType<typeof sqliteStore>): Store {
  return {
    write: (_, changes) => project.write(changes),
    list: (_, query) => project.list(query),
    trace: (_, traceId) => project.trace(traceId),
    spans: (_, ids) => project.spans(ids),
    sum: (_, query) => project.sum(query),
    facets: (_, query) => project.facets(query),
    remove: (_, what) => project.remove(what),
    configure: (_, settings) => project.configure(settings),
    tend: () => project.tend(),
  }
}

function rate(spansPerSecond: number, cpuPerSpan: number): string {
  return `${Math.round(spansPerSecond).toLocaleString('en').padStart(8)} spans/s, ${cpuPerSpan.toFixed(0)} µs of CPU a span`
}

/** From one size to the next: as a power of how much larger it is. */
function growth(answers: readonly [size: number, answers: Asked[]][]): void {
  for (const [index, [size, now]] of answers.entries()) {
    const [smaller = 0, before = []] = answers[index - 1] ?? []
    if (before.length === 0) continue
    console.log(
      `\nfrom ${smaller.toLocaleString('en')} to ${size.toLocaleString('en')} spans, × and as a power`,
    )
    for (const { name, median } of now) {
      const was = before.find((one) => one.name === name)?.median ?? median
      const power = Math.log(median / was) / Math.log(size / smaller)
      console.log(
        `  ${name.padEnd(34)} ${(median / was).toFixed(2).padStart(6)} ×  ${power.toFixed(2).padStart(5)}`,
      )
    }
  }
}
