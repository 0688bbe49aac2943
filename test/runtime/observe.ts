/**
 * Runs the scenarios and pipelines on whatever runtime this is, and says what was seen.
 *
 * @module
 */

import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { openai, scenarios, type Seen } from './scenarios.ts'

export interface Observation {
  name: string
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

export async function observeScenarios(baseUrl: string): Promise<Observation[]> {
  const observations: Observation[] = []
  for (const { name, run } of scenarios) {
    const exporter = memory()
    const tracer = createTracer({ exporters: [exporter], context: 'off' })
    const native = await run(globalThis.fetch, baseUrl)
    const traced = await run(tracer.fetch, baseUrl)
    observations.push({ name, native, traced, records: exporter.records.map(seen) })
  }
  return observations
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
    name,
    status,
    ended: call?.ended,
    output,
    usage: call && [call.usage.source, call.usage.input, call.usage.output],
    finish: call?.response.choices.map((choice) => choice.finishReason),
    // Runtimes name a refused connection as they like; that it was the network's they all say.
    error: error?.phase === 'network' ? error.phase : error?.type,
  }
}
