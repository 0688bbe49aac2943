/**
 * A record, and a trace, as text for a terminal. An unknown count is a question mark.
 *
 * @module
 */

import type { SpanRecord } from '../record.ts'

/** How parts of a line stand out; as they are where nothing may. */
export interface Paint {
  good(text: string): string
  bad(text: string): string
  strong(text: string): string
  quiet(text: string): string
}

const as = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`
const plain = (text: string) => text

export const COLORS: Paint = { good: as('32'), bad: as('31'), strong: as('1'), quiet: as('2') }
export const PLAIN: Paint = { good: plain, bad: plain, strong: plain, quiet: plain }

/** Such as `✓ chat gpt-4o  310 ms  150 → 42 tokens  0193…`. */
export function lineOf(record: SpanRecord, paint: Paint): string {
  return `${said(record, paint)}  ${paint.quiet(record.trace.traceId)}`
}

/** The root and all that is below it, in the order of their beginning. */
export function treeOf(records: readonly SpanRecord[], root: SpanRecord, paint: Paint): string[] {
  const left = new Set(
    records.toSorted((one, other) => one.startUnixMs - other.startUnixMs), // none twice
  )
  return [lineOf(root, paint), ...below(root, '')]

  function below({ trace }: SpanRecord, indent: string): string[] {
    const children = [...left].filter((each) => each.trace.parentSpanId === trace.spanId)
    for (const child of children) left.delete(child)
    return children.flatMap((child, index) => {
      const isLast = index === children.length - 1
      const branch = paint.quiet(`${indent}${isLast ? '└─' : '├─'}`)
      return [
        `${branch} ${said(child, paint)}`,
        ...below(child, `${indent}${isLast ? '   ' : '│  '}`),
      ]
    })
  }
}

function said(record: SpanRecord, paint: Paint): string {
  const { status, name, kind, call, error } = record
  const isBad = status === 'error'
  const parts = [
    `${isBad ? paint.bad('✗') : paint.good('✓')} ${paint.strong(shown(name))}`,
    paint.quiet(took(record)),
  ]
  if (!call && kind !== 'task' && kind !== 'workflow') parts.push(paint.quiet(kind))
  if (call) parts.push(`${call.usage.input ?? '?'} → ${call.usage.output ?? '?'} tokens`)
  const first = call?.stream && (call.time.firstTextMs ?? call.time.firstChunkMs)
  if (first !== undefined) parts.push(paint.quiet(`first token ${Math.round(first)} ms`))
  if (call && call.ended !== 'complete') parts.push(paint.bad(call.ended))
  if (call?.attempts) parts.push(`attempt ${call.attempts.length + 1}`)
  if (error) parts.push(paint.bad(shown([error.type, error.message].filter(Boolean).join(': '))))
  return parts.join('  ')
}

/** What took no time by the clock was not measured by it. */
function took({ startUnixMs, endUnixMs = startUnixMs }: SpanRecord): string {
  const ms = endUnixMs - startUnixMs
  if (ms === 0) return 'no time measured'
  if (ms < 1) return `${ms.toFixed(2)} ms`
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

/** What a terminal would carry out, or be led astray by. */
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function shown(text: string): string {
  return text.replace(CONTROLS, '·')
}
