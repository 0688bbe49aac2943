/**
 * All the faults, on each runtime: what the programs saw, and what the collectors have kept.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import { bundle, compile } from '../support/compile.ts'
import { PROCESSES, start, type ProcessRuntime } from '../support/processes.ts'
import { serveWorkers, WORKERS } from '../support/workerd.ts'
import { createWorld } from '../support/world.ts'
import { FAULTS } from './faults.ts'
import { misbehaving, type Kept, type Misbehaving } from './misbehaving.ts'
import type { Outcome, Told } from './scenario.ts'

export interface Report {
  /** By the fault's name, as what follows. */
  outcomes: Record<string, Outcome>
  kept: Record<string, Kept>
  /** What was told after the outcomes were there. */
  late: (Told & { name: string })[]
  /** What nobody should have had to read. */
  wrote: string[]
  /** What came to another origin, each by its key. */
  leaked: readonly string[]
}

/** The newest of each; `test/runtime` goes through their releases. */
const CHOSEN = PROCESSES.filter(({ name }) => ['Node 24', 'Bun', 'Deno'].includes(name))
const WORKERD = [WORKERS[0], WORKERS.at(-1)].filter((runtime) => runtime !== undefined)

export const RUNTIMES = [
  ...CHOSEN.map(({ name }) => ({ name, tellsOfTheEnd: true })),
  ...WORKERD.map(({ name }) => ({ name, tellsOfTheEnd: false })), // nobody is told that an isolate ends
]

export async function onProcesses(folder: string): Promise<Record<string, Report>> {
  const program = await compile(pathOf('process'), folder, 'faults-process')
  const reports = CHOSEN.map(async (runtime) => [runtime.name, await onProcess(runtime, program)])
  return Object.fromEntries(await Promise.all(reports))
}

async function onProcess(runtime: ProcessRuntime, program: string): Promise<Report> {
  const [world, collectors] = await Promise.all([createWorld(), misbehaving(FAULTS)])
  const addresses = FAULTS.map((fault) => [fault.name, collectors.addressOf(fault)])
  const env = { MODELS: world.url, COLLECTORS: JSON.stringify(Object.fromEntries(addresses)) }
  const { stdout, stderr, ended } = await start(runtime, program, env).ended
  await Promise.all([world.close(), collectors.close()])
  const [first = '{}', ...rest] = stdout.trim().split('\n')
  const late: Report['late'] = rest.map((line) => JSON.parse(line))
  return {
    outcomes: JSON.parse(first),
    kept: keptBy(collectors),
    late: FAULTS.flatMap(({ name }) => late.filter((told) => told.name === name)), // in their order
    wrote: [stderr, ended === 0 ? '' : `ended with ${ended}`].filter(Boolean),
    leaked: collectors.leaked,
  }
}

export async function onWorkers(folder: string): Promise<Record<string, Report>> {
  const script = await bundle(await compile(pathOf('worker'), folder, 'faults-worker'), 'workerd')
  const workers = await serveWorkers(script, WORKERD)
  const reports = WORKERD.map(async ({ name }, index) => {
    const wrote = () => workers.log()
    return [name, await onWorker(workers.urls[index] ?? '', wrote)]
  })
  const done = Object.fromEntries(await Promise.all(reports))
  await workers.close()
  return done
}

async function onWorker(worker: string, log: () => string): Promise<Report> {
  const [world, collectors] = await Promise.all([createWorld(), misbehaving(FAULTS)])
  const outcomes = FAULTS.map(async (fault) => {
    const { name } = fault
    const body = JSON.stringify({ name, url: world.url, baseUrl: collectors.addressOf(fault) })
    const response = await fetch(worker, { method: 'POST', body })
    return [name, await response.json()]
  })
  const report = {
    outcomes: Object.fromEntries(await Promise.all(outcomes)),
    kept: keptBy(collectors),
    late: [],
    wrote: (await (await fetch(worker)).json()) as string[],
    leaked: collectors.leaked,
  }
  if (log()) report.wrote.push(log())
  await Promise.all([world.close(), collectors.close()])
  return report
}

function keptBy(collectors: Misbehaving): Record<string, Kept> {
  return Object.fromEntries(FAULTS.map((fault) => [fault.name, collectors.keptBy(fault)]))
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url))
}
