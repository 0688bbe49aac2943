/**
 * Runs the scenarios and pipelines on whatever runtime this is, and says what was seen.
 *
 * @module
 */

import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { openai, scenarios, type Scenario, type Seen } from './scenarios.ts'
import type { Check } from './standard/check.ts'
import { scenarioOf, standardChecks } from './standard/checks.ts'
import { judge, type Verdict } from './standard/verdict.ts'
import { wireScenarios } from './wire.ts'

export interface Observation {
  name: string
  ended: readonly string[] | undefined
  native: Seen
  traced: Seen
  /** What each record says, in the order in which the calls ended. */
  records: RecordSeen[]
}

interface RecordSeen {
  name: string
  status: string
  ended: string | undefined
  output: unknown
  usage: (number | string | null)[] | undefined
  finish: (string | null)[] | undefined
  error: string | undefined
}

/** The clients' scenarios. */
export function observeScenarios(baseUrl: string): Promise<Observation[]> {
  return observe(scenarios, baseUrl)
}

/** Fewer than a browser has connections to one host, some of which hang. */
const ABREAST = 3

/** What the standards say, check by check, against the server of every way. */
export async function observeStandard(
  baseUrl: string,
  checks: readonly Check[] = standardChecks,
): Promise<Verdict[]> {
  const observations = await observe(checks.map(scenarioOf), baseUrl, ABREAST)
  return observations.map(({ native, traced, records }, index) =>
    judge(checks[index], native, traced, records.length),
  )
}

/** Likewise, and what differs is tried again: see `observeWireAgain`. */
export async function observeStandardAgain(baseUrl: string): Promise<Verdict[]> {
  const verdicts = await observeStandard(baseUrl)
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const again = verdicts.filter(({ differs, valid }) => differs || !valid).map(({ name }) => name)
    const checks = standardChecks.filter(({ name }) => again.includes(name))
    for (const verdict of await observeStandard(baseUrl, checks)) {
      verdicts[verdicts.findIndex(({ name }) => name === verdict.name)] = verdict
    }
  }
  return verdicts
}

/** The scenarios of single requests, against the server of every way. */
export function observeWire(baseUrl: string): Promise<Observation[]> {
  return observe(wireScenarios, baseUrl)
}

/** How often what differs is tried before it is believed. */
const ATTEMPTS = 4

/**
 * Likewise, where what differs is tried again: of a body that is cancelled Chromium itself, untraced,
 * fails to tell the server about once in fifty times.
 */
export async function observeWireAgain(baseUrl: string): Promise<Observation[]> {
  const observations = await observeWire(baseUrl)
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const again = observations
      .filter(({ native, traced }) => JSON.stringify(native) !== JSON.stringify(traced))
      .map(({ name }) => name)
    const scenarios = wireScenarios.filter(({ name }) => again.includes(name))
    for (const observation of await observe(scenarios, baseUrl)) {
      observations[observations.findIndex(({ name }) => name === observation.name)] = observation
    }
  }
  return observations
}

export interface Unhandled {
  native: string[]
  traced: string[]
}

interface Rejection {
  promise: Promise<unknown>
  reason: unknown
}

/**
 * The rejections that nobody has handled in the end: first of all scenarios with native fetch, then of
 * all of them traced. Workerd of old dates tells of many a promise that it is not, and then that it is.
 */
export async function observeUnhandled(baseUrl: string): Promise<Unhandled> {
  const open = new Map<Promise<unknown>, string>()
  const told = ({ promise, reason }: Rejection) => open.set(promise, String(reason))
  const handled = ({ promise }: Rejection) => open.delete(promise)
  const events: {
    addEventListener(name: string, listener: (rejection: Rejection) => void): void
    removeEventListener(name: string, listener: (rejection: Rejection) => void): void
  } = globalThis
  events.addEventListener('unhandledrejection', told)
  events.addEventListener('rejectionhandled', handled)
  const tracer = createTracer({ exporters: [memory()], context: 'off', onError: () => {} })
  const under = async (fetch: typeof globalThis.fetch) => {
    open.clear()
    for (const { run } of wireScenarios) await attempt(run(fetch, baseUrl))
    return [...open.values()].toSorted()
  }
  const native = await under(globalThis.fetch)
  const traced = await under(tracer.fetch)
  events.removeEventListener('unhandledrejection', told)
  events.removeEventListener('rejectionhandled', handled)
  return { native, traced }
}

/** @param abreast How many scenarios are under way at once. */
async function observe(
  of: readonly Scenario[],
  baseUrl: string,
  abreast = 1,
): Promise<Observation[]> {
  const observations: Observation[] = []
  const waiting = of.entries()
  const work = async () => {
    for (const [index, scenario] of waiting) {
      observations[index] = await observeOne(scenario, baseUrl)
    }
  }
  await Promise.all(Array.from({ length: abreast }, work))
  return observations
}

async function observeOne(scenario: Scenario, baseUrl: string): Promise<Observation> {
  const { name, ended, known, run } = scenario
  const exporter = memory()
  const fetch = known ? elsewhere(known, baseUrl) : globalThis.fetch
  const tracer = createTracer({
    exporters: [exporter],
    context: 'off',
    onError: () => {}, // a request that fetch refuses cannot be looked at either
    ...(known && { fetch, capture: { streamUsage: 'inject' } }),
  })
  const native = await attempt(run(fetch, baseUrl))
  const traced = await attempt(run(tracer.fetch, baseUrl))
  return { name, ended, native, traced, records: exporter.records.map(seen) }
}

/** Sends what is meant for a known host to the server that stands in for it. */
function elsewhere(known: string, baseUrl: string): typeof globalThis.fetch {
  const fetch = (input: RequestInfo | URL, init?: RequestInit) =>
    globalThis.fetch(String(input).replace(known, baseUrl), init)
  return Object.assign(fetch, globalThis.fetch)
}

/** What no scenario expects: seen natively it says that the scenario is wrong, for all to read. */
async function attempt(seen: Promise<Seen>): Promise<Seen> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Seen>((resolve) => {
    timer = setTimeout(resolve, MAX_MS, { unexpected: 'never came to its end' })
  })
  try {
    return await Promise.race([seen, late])
  } catch (error) {
    return { unexpected: String(error) }
  } finally {
    clearTimeout(timer)
  }
}

const MAX_MS = 8_000

/** A line per record of three pipelines that run at once: its path from the root. */
export async function observePipelines(
  baseUrl: string,
  context: 'auto' | 'off',
): Promise<string[]> {
  const exporter = memory()
  const tracer = createTracer({ exporters: [exporter], context, onError: () => {} })
  const shared = openai(tracer.fetch, baseUrl) // one client for all, as in the scope of a module
  const pipelines = ['a', 'b', 'c'].map((id) =>
    tracer.span(`pipeline ${id}`, async (pipeline) => {
      await pipeline.span(`step ${id}`, async (step) => {
        const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: id }] }
        const ambient = context === 'auto'
        await shared.chat.completions.create(request, ambient ? {} : { headers: step.headers() })
        const bound = ambient ? shared : step.wrap(shared)
        for await (const _chunk of await bound.chat.completions.create({
          ...request,
          stream: true,
        }));
      })
    }),
  )
  await Promise.all(pipelines)
  return exporter.records.map((record) => pathOf(record, exporter.records)).toSorted()
}

function pathOf(record: SpanRecord, records: readonly SpanRecord[]): string {
  const parent = records.find(({ trace }) => trace.spanId === record.trace.parentSpanId)
  return parent ? `${pathOf(parent, records)} > ${record.name}` : record.name
}

export const EXPECTED_PATHS = ['a', 'b', 'c'].flatMap((id) => [
  `pipeline ${id}`,
  `pipeline ${id} > step ${id}`,
  `pipeline ${id} > step ${id} > chat gpt-4o`,
  `pipeline ${id} > step ${id} > chat gpt-4o`,
])

function seen({ name, status, output, error, call }: SpanRecord): RecordSeen {
  return {
    // A Request that may not be looked into (Deno) is named for the model that answered.
    name: call?.capture.unseen ? name.replace(/-\d{4}-\d\d-\d\d$/, '') : name,
    status,
    ended: call?.ended,
    output,
    usage: call && [call.usage.source, call.usage.input, call.usage.output],
    finish: call?.response.choices.map((choice) => choice.finishReason),
    // Runtimes name a refused connection as they like; that it was the network's they all say.
    error: error?.phase === 'network' ? error.phase : error?.type,
  }
}
