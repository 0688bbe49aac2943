/**
 * Runs the scenarios and pipelines on whatever runtime this is, and says what was seen.
 *
 * @module
 */

import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { openai, scenarios, type Scenario, type Seen } from './scenarios.ts'
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

/** The scenarios of single requests, against the server of every way. */
export function observeWire(baseUrl: string): Promise<Observation[]> {
  return observe(wireScenarios, baseUrl)
}

/**
 * Likewise, where what differs is tried again before it is believed: Chromium itself fails now and
 * then (about once in 160 times, untraced) to tell the server that a body was cancelled.
 */
export async function observeWireTwice(baseUrl: string): Promise<Observation[]> {
  const observations = await observeWire(baseUrl)
  const again = observations
    .filter(({ native, traced }) => JSON.stringify(native) !== JSON.stringify(traced))
    .map(({ name }) => name)
  const second = await observe(
    wireScenarios.filter(({ name }) => again.includes(name)),
    baseUrl,
  )
  return observations.map((first) => second.find(({ name }) => name === first.name) ?? first)
}

async function observe(of: readonly Scenario[], baseUrl: string): Promise<Observation[]> {
  const observations: Observation[] = []
  for (const { name, ended, known, run } of of) {
    const exporter = memory()
    const fetch = known ? elsewhere(known, baseUrl) : globalThis.fetch
    const tracer = createTracer({
      exporters: [exporter],
      context: 'off',
      ...(known && { fetch, capture: { streamUsage: 'inject' } }),
    })
    const native = await attempt(run(fetch, baseUrl))
    const traced = await attempt(run(tracer.fetch, baseUrl))
    observations.push({ name, ended, native, traced, records: exporter.records.map(seen) })
  }
  return observations
}

/** Sends what is meant for a known host to the server that stands in for it. */
function elsewhere(known: string, baseUrl: string): typeof globalThis.fetch {
  const fetch = (input: RequestInfo | URL, init?: RequestInit) =>
    globalThis.fetch(String(input).replace(known, baseUrl), init)
  return Object.assign(fetch, globalThis.fetch)
}

/** What no scenario expects: seen natively it says that the scenario is wrong, for all to read. */
function attempt(seen: Promise<Seen>): Promise<Seen> {
  return seen.catch((error: unknown) => ({ unexpected: String(error) }))
}

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
