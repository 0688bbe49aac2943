/**
 * `npm run bench`: measures, prints the tables, and writes `results.json`, the charts and
 * `docs/performance.md`. A run of a part (`--only`, `--contenders`) only prints; with `--write` the
 * scenarios that it measured take the place of theirs in the results.
 *
 * Rounds are interleaved: in each, every contender runs every scenario once, the bare client twice,
 * in random order, each time in a fresh process. A number is compared with the bare client's of the
 * same round, so that what else the machine does weighs on both.
 *
 * @module
 */

import { parseArgs } from 'node:util'
import { contenders, OWN } from './contenders/all.ts'
import type { Contender } from './contenders/contender.ts'
import { versionsOf } from './contenders/versions.ts'
import { print, publish } from './report/publish.ts'
import { hasResults, load, machine, readResults, writeResults, type Results } from './results.ts'
import { run } from './runner.ts'
import { scenarios } from './scenarios/all.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { startServers, type Servers } from './servers/start.ts'

const DEFAULT_ROUNDS = 3

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    contenders: { type: 'string' },
    rounds: { type: 'string' },
    own: { type: 'boolean' },
    write: { type: 'boolean' },
    report: { type: 'boolean' },
  },
})

if (values.report) publish(readResults())
else await measure()

async function measure(): Promise<void> {
  const some = pick(scenarios, values.only)
  const who = pick(contenders, values.contenders ?? (values.own ? OWN.join() : undefined))
  const rounds = Number(values.rounds ?? DEFAULT_ROUNDS)
  const complete = some.length === scenarios.length && who.length === contenders.length
  const servers = await startServers()
  const start = performance.now()
  const before = load()
  const runs = await rounded(some, who, rounds, servers).finally(servers.close)
  const results: Results = {
    measuredOn: new Date().toISOString().slice(0, 10),
    rounds,
    minutes: (performance.now() - start) / 60_000,
    machine: machine(),
    load: { before, after: load() },
    versions: versionsOf(who),
    runs,
  }
  print(results)
  if (!complete && !values.write) return console.log('A part only: nothing was written.')
  const kept = complete ? results : merged(results)
  writeResults(kept)
  publish(kept)
}

/** Scenarios measured anew take the place of theirs; the others stay as they were. */
function merged(results: Results): Results {
  if (!hasResults()) return results
  const { runs, versions } = readResults()
  return {
    ...results,
    versions: { ...versions, ...results.versions },
    runs: { ...runs, ...results.runs },
  }
}

async function rounded(
  some: readonly Scenario[],
  who: readonly Contender[],
  rounds: number,
  servers: Servers,
): Promise<Results['runs']> {
  const runs: Results['runs'] = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const scenario of some) {
      if (round >= (scenario.maxRounds ?? rounds)) continue
      const start = performance.now()
      process.stderr.write(`round ${round + 1} of ${rounds}: ${scenario.name} `)
      const of = (runs[scenario.name] ??= {})
      for (const contender of shuffled(lineUp(scenario, who))) {
        const result = await run(contender, scenario, servers)
        process.stderr.write('failed' in result ? '✗' : '.')
        ;(of[contender.name] ??= []).push(result)
      }
      process.stderr.write(` ${((performance.now() - start) / 1_000).toFixed(0)} s\n`)
    }
  }
  return runs
}

/** Who runs in this scenario; the bare clients twice, where there is a spread to be known. */
function lineUp(scenario: Scenario, who: readonly Contender[]): Contender[] {
  const { level, without = [], maxRounds } = scenario
  return who
    .filter(({ name, excused }) => !excused && !without.includes(name))
    .filter(({ traces, name }) => level !== 'fetch' || traces === 'fetch' || name === 'bare')
    .flatMap((each) => (each.traces === 'nothing' && maxRounds !== 1 ? [each, each] : [each]))
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, two) => one.place - two.place)
    .map(({ item }) => item)
}

function pick<Named extends { name: string }>(all: readonly Named[], names?: string): Named[] {
  if (!names) return [...all]
  return names.split(',').map((name) => {
    const found = all.find((candidate) => candidate.name === name)
    if (found) return found
    throw new Error(`There is no "${name}". There are: ${all.map((one) => one.name).join(', ')}.`)
  })
}
