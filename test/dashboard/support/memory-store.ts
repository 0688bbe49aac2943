/**
 * A store in memory, for looking at the dashboard alone. It keeps the promises of the port that the
 * pages rest on: order, filters, keyset pages, no bodies in a list.
 *
 * @module
 */

import {
  MAX_VALUES,
  PREVIEW_CHARS,
  type SpanDetail,
  type SpanRow,
  type Store,
  type TraceQuery,
  type TraceSummary,
} from '../../../worker/store/store.ts'

export function memoryStore(spans: () => readonly SpanDetail[]): Store {
  const ordered = () => spans().toSorted((a, b) => a.startUs - b.startUs)

  function summaries(): { summary: TraceSummary; spans: SpanDetail[] }[] {
    const traces = Map.groupBy(ordered(), (span) => span.traceId)
    return [...traces.values()]
      .map((spans) => ({ summary: summarise(spans), spans }))
      .toSorted((a, b) => cursor(b.summary).localeCompare(cursor(a.summary)))
  }

  return {
    write: () => Promise.reject(new Error('The dashboard never writes')),

    async list(_project, query) {
      const { before, limit = 50 } = query
      const all = summaries()
        .filter(({ summary }) => matches(summary, query))
        .map(({ summary }) => summary)
        .filter((summary) => before === undefined || cursor(summary) < before)
      const traces = all.slice(0, limit)
      const last = traces.at(-1)
      return last && all.length > limit ? { traces, next: cursor(last) } : { traces }
    },

    async trace(_project, traceId) {
      return ordered()
        .filter((span) => span.traceId === traceId)
        .map(withoutBodies)
    },

    async span(_project, id) {
      return spans().find((span) => span.id === id)
    },

    async values(_project, field) {
      const found = spans().flatMap((span) => (field === 'tag' ? span.tags : (span.model ?? [])))
      return [...new Set(found)].toSorted().slice(0, MAX_VALUES)
    },
  }
}

function withoutBodies({ input: _input, output: _output, ...row }: SpanDetail): SpanRow {
  return row
}

function matches(trace: TraceSummary, { status, model, tags = [], fromUs, toUs }: TraceQuery) {
  if (status && trace.status !== status) return false
  if (model && !trace.models.includes(model)) return false
  if (fromUs !== undefined && trace.startUs < fromUs) return false
  if (toUs !== undefined && trace.startUs >= toUs) return false
  return tags.every((tag) => trace.tags.includes(tag))
}

function summarise(spans: readonly SpanDetail[]): TraceSummary {
  const root = spans.find((span) => span.parentId === null) ?? spans[0]
  if (!root) throw new Error('A trace has at least one step')
  const end = Math.max(...spans.map((span) => span.endUs ?? span.startUs))
  const sum = (counts: (number | null)[]) =>
    counts.reduce((sum, count) => (count === null ? sum : (sum ?? 0) + count), null)
  return {
    traceId: root.traceId,
    name: root.name,
    kind: root.kind,
    status: root.status,
    startUs: root.startUs,
    durationUs: root.status === 'running' ? null : end - root.startUs,
    models: [...new Set(spans.flatMap((span) => span.model ?? []))],
    tags: [...new Set(spans.flatMap((span) => span.tags))],
    inputTokens: sum(spans.map((span) => span.inputTokens)),
    outputTokens: sum(spans.map((span) => span.outputTokens)),
    spanCount: spans.length,
    errorCount: spans.filter((span) => span.status === 'error').length,
    inputPreview: preview(root.input),
    outputPreview: preview(root.output),
  }
}

function preview(body: unknown): string {
  if (body === null) return ''
  return (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, PREVIEW_CHARS)
}

function cursor(trace: TraceSummary): string {
  return `${String(trace.startUs).padStart(20, '0')}-${trace.traceId}`
}
