/**
 * Traces as CSV, a line each, as long as there are any.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @module
 */

import type { TraceQuery } from '../../store/query.ts'
import type { Store, TraceSummary } from '../../store/store.ts'

const COLUMNS: [name: string, value: (trace: TraceSummary) => string | number | null][] = [
  ['trace_id', ({ traceId }) => traceId],
  ['name', ({ name }) => name],
  ['kind', ({ kind }) => kind],
  ['status', ({ status }) => status],
  ['started_at', ({ startUs }) => new Date(startUs / 1000).toISOString()],
  ['duration_ms', ({ durationUs }) => durationUs && durationUs / 1000],
  ['first_text_ms', ({ firstTextUs }) => firstTextUs && firstTextUs / 1000],
  ['steps', ({ spanCount }) => spanCount],
  ['errors', ({ errorCount }) => errorCount],
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['output_tokens', ({ outputTokens }) => outputTokens],
  ['cost_usd', ({ costNano }) => costNano && costNano / 1e9],
  ['calls_without_cost', ({ costMissing }) => costMissing],
  ['models', ({ models }) => models.join(' ')],
  ['tags', ({ tags }) => tags.join(' ')],
  ['scores', ({ scores }) => scores.map(({ name, value }) => `${name}=${value}`).join(' ')],
  ['input', ({ inputPreview }) => inputPreview],
  ['output', ({ outputPreview }) => outputPreview],
]

const PAGE = 200

/** What is not known is empty. A page at a time, as fast as it is read. */
export function csv(store: Store, project: string, query: TraceQuery): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let before: string | undefined
  let isFirst = true
  return new ReadableStream({
    async pull(controller) {
      const page = await store.list(project, {
        ...query,
        limit: PAGE,
        ...(before !== undefined && { before }),
      })
      const head = isFirst ? [line(COLUMNS.map(([name]) => name))] : []
      const lines = page.traces.map((trace) => line(COLUMNS.map(([, value]) => value(trace))))
      // A pull that gives nothing would not be followed by another.
      controller.enqueue(encoder.encode([...head, ...lines].join('')))
      isFirst = false
      before = page.next
      if (before === undefined) controller.close()
    },
  })
}

function line(values: readonly (string | number | null)[]): string {
  return `${values.map((value) => (typeof value === 'string' ? quoted(value) : (value ?? ''))).join(',')}\r\n`
}

/** A spreadsheet would compute what begins so. */
const FORMULA = /^[=+\-@\t\r]/

function quoted(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
