/**
 * One contender in one scenario: a fresh process, and what came of it.
 *
 * @module
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Contender } from './contenders/contender.ts'
import type { Measures, Scenario } from './scenarios/scenario.ts'
import type { Servers } from './servers/start.ts'

/** What a run gave, or why it gave nothing. */
export type Run = Measures | { failed: string }

const MAX_MS = 120_000
const MAX_COMPLAINT = 2_000

interface Report {
  measures: Measures
  calls: number
  /** Unix time, with fractions. */
  endedAt: number
}

export async function run(
  contender: Contender,
  scenario: Scenario,
  servers: Servers,
): Promise<Run> {
  try {
    if (scenario.outside) return await scenario.outside(contender, servers)
    const { collector = 'ok' } = scenario
    await servers.reset(collector === 'down' ? 'ok' : collector)
    const { measures, calls, exitMs } = await inside(contender, scenario, servers)
    const { requests, bytes, calls: arrived, ...weights } = await servers.counts()
    return {
      ...measures,
      calls,
      arrived,
      requests,
      bytesEach: bytes / calls,
      plainEach: weights.plainBytes / calls,
      gzipEach: weights.gzipBytes / calls,
      exitMs,
    }
  } catch (error) {
    return { failed: error instanceof Error ? placeless(error.message) : String(error) }
  }
}

/** Where this stands on somebody's disk is nobody's business. */
function placeless(message: string): string {
  return message.replaceAll(/(?:file:\/\/)?\/\S*\/(?=node_modules\/|bench\/)/g, '').slice(0, 160)
}

async function inside(
  { name }: Contender,
  scenario: Scenario,
  { modelUrl, collectorUrl, nobodyUrl }: Servers,
): Promise<Report & { exitMs: number }> {
  const collector = scenario.collector === 'down' ? nobodyUrl : collectorUrl
  const child = fork(
    fileURLToPath(new URL('application.ts', import.meta.url)),
    [name, scenario.name, modelUrl, collector],
    { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  )
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => {
    if (complaint.length < MAX_COMPLAINT) complaint += text.toString()
  })
  let report: Report | undefined
  child.once('message', (message) => (report = message as Report)) // from application.ts
  const { maxMs = MAX_MS } = scenario
  const timer = setTimeout(() => child.kill('SIGKILL'), maxMs)
  const [code, signal] = await once(child, 'exit')
  clearTimeout(timer)
  const exitedAt = performance.timeOrigin + performance.now()
  if (report) return { ...report, exitMs: exitedAt - report.endedAt }
  const [reason] = /(?<=^\w*Error: ).*$/m.exec(complaint) ?? [complaint.trim().split('\n').at(-1)]
  if (signal === 'SIGKILL') throw new Error(`not done after ${maxMs / 1_000} s`)
  throw new Error(reason || `ended with ${signal ?? code} before it had measured anything`)
}
